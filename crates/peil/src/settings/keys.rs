//! The settings that exist, with their names in each layer.

/// Variable that names the settings file.
pub(super) const CONFIG_VARIABLE: &str = "PEIL_CONFIG";
/// Largest upload unless something else is said.
pub(super) const UPLOADS_LIMIT_MB: u32 = 512;

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Name in the file; a dot stands for a table.
    pub name: &'static str,
    /// Name in the environment.
    pub variable: &'static str,
    /// Flag of `peil serve`.
    pub flag: &'static str,
    /// Value when nothing is said; empty for none.
    pub default: &'static str,
    /// What it does, in one line.
    pub help: &'static str,
    /// Whether its value is never shown.
    pub is_secret: bool,
}

const fn key(
    name: &'static str,
    variable: &'static str,
    flag: &'static str,
    default: &'static str,
    help: &'static str,
) -> Key {
    Key {
        name,
        variable,
        flag,
        default,
        help,
        is_secret: false,
    }
}

/// Every setting, in the order in which they are shown.
pub const KEYS: [Key; 8] = [
    key(
        "data",
        "PEIL_DATA",
        "--data",
        "peil-data",
        "Folder in which everything is kept.",
    ),
    key(
        "listen",
        "PEIL_LISTEN",
        "--listen",
        "127.0.0.1:7345",
        "Address to listen on.",
    ),
    key(
        "public_url",
        "PEIL_PUBLIC_URL",
        "--public-url",
        "",
        "Address under which customers reach Peil; with https:// cookies are marked secure.",
    ),
    Key {
        is_secret: true,
        ..key(
            "database",
            "PEIL_DATABASE",
            "--database",
            "",
            "A PostgreSQL server, postgres://user:password@host/name; without it a file in the data folder.",
        )
    },
    key(
        "trusts_proxy",
        "PEIL_TRUSTS_PROXY",
        "--trusts-proxy",
        "false",
        "Whether a proxy in front names the visitor's address in X-Forwarded-For.",
    ),
    key(
        "log",
        "PEIL_LOG",
        "--log",
        "warn",
        "What is logged to standard error, such as info or peil_store=debug.",
    ),
    key(
        "uploads.limit_mb",
        "PEIL_UPLOADS_LIMIT_MB",
        "--uploads-limit-mb",
        "512",
        "Largest file that may be uploaded, in megabytes.",
    ),
    key(
        "mail.folder",
        "PEIL_MAIL_FOLDER",
        "--mail-folder",
        "",
        "Folder into which mails are written instead of sending them.",
    ),
];
