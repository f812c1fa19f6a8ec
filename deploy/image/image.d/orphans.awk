# Reads `objdump -p` of all programs and libraries, and in `leaving` the paths that leave, one a line.
# Prints the libraries that only those used: to be removed too.
BEGIN { while ((getline path < leaving) > 0) gone[path] = 1 }
/file format elf/ { file = $1; sub(/:$/, "", file); files[file] = 1 }
$1 == "NEEDED" { needs[file] = needs[file] " " $2 }
$1 == "SONAME" { provides[$2] = file; soname[file] = $2 }

function follow(from,    list, count, i, library) {
    count = split(needs[from], list, " ")
    for (i = 1; i <= count; i++) {
        library = provides[list[i]]
        if (library != "" && !(library in candidate)) {
            candidate[library] = 1
            follow(library)
        }
    }
}

END {
    for (path in gone) follow(path)
    do {
        for (name in used) delete used[name]
        for (path in files) {
            if (path in gone) continue
            count = split(needs[path], list, " ")
            for (i = 1; i <= count; i++) used[list[i]] = 1
        }
        changed = 0
        for (path in candidate) {
            if (path in gone || soname[path] in used) continue
            gone[path] = changed = 1
            print path
        }
    } while (changed)
}
