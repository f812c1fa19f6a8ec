//! What codes mean, in French, for whoever looks after a borne.

/// Explains a code of a status file; a code that is not known is shown as it is.
#[must_use]
pub fn explain(code: &str) -> &str {
    match code {
        "offline" => "pas de connexion au serveur",
        "certificate" => {
            "le certificat du serveur n'est pas accepté ; quelqu'un lit-il la connexion ?"
        }
        "proxy" => "le proxy refuse ou ne répond pas",
        "portal" => "une page de connexion (portail) répond à la place du serveur",
        "redirected" => "le serveur renvoie vers une autre adresse",
        "busy" => "le serveur demande de patienter",
        "server" => "le serveur répond par une erreur",
        "refused" => "le catalogue n'est pas signé comme il faut, il est refusé",
        "expired" => "la validité du catalogue est dépassée",
        "incomplete" => "le dépôt est incomplet",
        "empty" => "le catalogue est vide, le précédent reste en place",
        "slow" => "le serveur envoie le catalogue beaucoup trop lentement",
        "unreadable" => "la clé ou le dossier à importer ne se lit plus ; a-t-il été retiré ?",
        "closed" => "les heures de téléchargement sont passées",
        "switched" => "un autre catalogue vient d'être choisi sur la borne, nouvel essai bientôt",
        "no_root" => "la racine de confiance (root.json) manque ou est illisible",
        "locked" => "une autre synchronisation travaille déjà sur ce dossier de données",
        "client" => "le programme ne peut pas démarrer",
        "disk" => "le disque refuse d'écrire ou de lire",
        "disk_full" => "le disque est plein",
        "not_found" => "le fichier n'est pas sur le serveur",
        "wrong_hash" => "le fichier reçu n'est pas celui du catalogue",
        "wrong_length" => "le fichier reçu n'a pas la bonne longueur",
        "encoded" => "le serveur a transformé le fichier",
        "quarantined" => "le fichier du serveur est faux, nouvel essai plus tard",
        "crashes" => "l'écran s'est arrêté deux fois en l'ouvrant, elle n'est plus lue",
        "no_address" => "le catalogue ne donne pas d'adresse pour le fichier",
        "no_token" => "la borne n'est pas inscrite : le fichier du jeton manque",
        "revoked" => "l'inscription de la borne a été retirée",
        "answer" => "le serveur de statistiques répond autre chose qu'attendu",
        "batch" => "les statistiques ne peuvent pas être écrites",
        "not_here" => "la synchronisation ne l'a pas encore apporté",
        "hours" => "ce n'est pas l'heure des mises à jour (firmware.hours, ou sync.window)",
        "visitor" => "quelqu'un est là, ou vient de partir",
        "fell_back" => "il n'a pas tenu et la borne est revenue au précédent",
        "rejected" => "RAUC l'a refusé ou n'a pas pu l'écrire",
        "untrusted" => {
            "ce que le réseau dit des systèmes n'est pas signé ou pas écrit comme il faut"
        }
        "no_version" => "la version du système en place ne se lit pas",
        "no_slots" => "les réglages n'ont pas de section [firmware]",
        "busy_update" => "une autre mise à jour est en cours",
        "restart" => {
            "il est installé, mais la machine ne redémarre pas ; éteignez-la et rallumez-la"
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::explain;

    #[test]
    fn every_code_of_a_look_an_import_and_a_delivery_is_explained() {
        for code in [
            "offline",
            "slow",
            "certificate",
            "proxy",
            "portal",
            "redirected",
            "busy",
            "not_found",
            "server",
            "locked",
            "client",
            "expired",
            "incomplete",
            "no_root",
            "refused",
            "empty",
            "unreadable",
            "closed",
            "switched",
            "disk_full",
            "disk",
            "wrong_length",
            "wrong_hash",
            "crashes",
            "encoded",
            "quarantined",
            "no_address",
            "no_token",
            "revoked",
            "answer",
            "batch",
            "not_here",
            "hours",
            "visitor",
            "fell_back",
            "rejected",
            "untrusted",
            "no_version",
            "no_slots",
            "busy_update",
            "restart",
        ] {
            assert_ne!(explain(code), code);
        }
        assert_eq!(explain("to-come"), "to-come");
    }
}
