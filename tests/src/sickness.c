/* Stands before libavcodec: whoever sends it a packet with a mark falls ill, everybody else is served
   by the real one. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The beginning of an AVPacket, the same since FFmpeg 0.11. */
struct packet {
    void *buffer;
    int64_t pts, dts;
    uint8_t *data;
    int size;
};

typedef int send_packet(void *context, const struct packet *packet);

/* More than a limit that protects anybody; then it is shown that there is none. */
enum { CHUNK = 32 << 20, CHUNKS = 128 };

static int is_real(struct dl_phdr_info *object, size_t size, void *name) {
    (void)size;
    if (!strstr(object->dlpi_name, "/libavcodec.so"))
        return 0;
    strncpy(name, object->dlpi_name, 1023);
    return 1;
}

static send_packet *real(void) {
    static send_packet *found;
    char name[1024] = "";
    if (!found && dl_iterate_phdr(is_real, name)) {
        void *library = dlopen(name, RTLD_LAZY | RTLD_NOLOAD);
        found = library ? (send_packet *)dlsym(library, "avcodec_send_packet") : NULL;
    }
    if (!found)
        abort();
    return found;
}

static int holds(const struct packet *packet, const char *mark) {
    return packet && packet->data && packet->size > 0 &&
           memmem(packet->data, (size_t)packet->size, mark, strlen(mark)) != NULL;
}

/* Asks, and writes one byte of each piece: what is asked for counts, and asking takes no time. */
static void eat(void) {
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
        volatile char *memory = malloc(CHUNK);
        if (!memory)
            abort(); /* As glib does. */
        *memory = 1;
    }
}

int avcodec_send_packet(void *context, const struct packet *packet) {
    if (holds(packet, "BORNE-CRASHES"))
        *(volatile int *)8 = 1;
    if (holds(packet, "BORNE-EATS"))
        eat();
    while (holds(packet, "BORNE-HANGS"))
        pause();
    return real()(context, packet);
}
