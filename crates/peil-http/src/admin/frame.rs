//! What stands around every page: navigation, organisation, reader.

use peil_app::storage::{Refusal, StorageTrouble};
use peil_domain::access::{Right, Role};

use crate::edge::{parts::Piece, signed::Signed, text::Text};

/// What stands around a page.
pub(super) struct Frame {
    /// Speaks the reader's language.
    pub(super) t: Text,
    /// Title of the window.
    pub(super) title: String,
    /// The part of the menu that the page belongs to.
    pub(super) section: &'static str,
    /// Name of the organisation.
    pub(super) organisation: String,
    /// Name of the reader.
    pub(super) user_name: String,
    /// Initials of the reader.
    pub(super) initials: String,
    /// Message key of the reader's role.
    pub(super) role_key: &'static str,
    /// Whether the reader may see settings.
    pub(super) may_set: bool,
    /// Token for forms.
    pub(super) csrf: String,
    /// What was just done.
    pub(super) notice: Option<String>,
    /// What is wrong with the disk.
    pub(super) storage: Option<StorageNotice>,
    /// Path and query of the page.
    pub(super) path: String,
    may: Vec<Right>,
}

/// What is wrong with the disk, in words.
pub(super) struct StorageNotice {
    /// Whether nothing is taken any more, rather than soon.
    pub(super) is_refused: bool,
    /// What is wrong.
    pub(super) title: String,
    /// What that means, and what to do.
    pub(super) text: String,
}

/// One entry of the menu.
pub(super) struct Entry {
    /// Where it leads.
    pub(super) href: &'static str,
    /// Name of its icon.
    pub(super) icon: &'static str,
    /// Its words.
    pub(super) label: String,
    /// Whether the page belongs to it.
    pub(super) is_current: bool,
}

/// Entries of the menu that belong together.
pub(super) struct Group {
    /// What they have in common.
    pub(super) heading: String,
    /// The entries.
    pub(super) entries: Vec<Entry>,
}

/// An entry of the menu: section, address, icon and the right that it needs.
type MenuEntry = (&'static str, &'static str, &'static str, Right);

/// The menu: message key of the heading, and entries.
const MENU: [(&str, &[MenuEntry]); 2] = [
    (
        "nav-group-measure",
        &[
            ("overview", "/", "overview", Right::ReadResults),
            ("survey", "/surveys", "surveys", Right::ReadSurveys),
            ("audience", "/audience", "customers", Right::ReadAudience),
            ("outreach", "/outreach", "send", Right::ReadOutreach),
        ],
    ),
    (
        "nav-group-understand",
        &[
            ("response", "/responses", "answers", Right::ReadResponses),
            ("results", "/results", "insights", Right::ReadResults),
            ("themes", "/themes", "themes", Right::ReadResults),
        ],
    ),
];

/// Sections that stand in the bottom bar of a phone; the others hide behind "more".
const DOCK: [&str; 4] = ["overview", "survey", "response", "results"];

impl Frame {
    /// The frame around a page of `section` with this title.
    pub(super) fn new(signed: &Signed, section: &'static str, title: impl Into<String>) -> Self {
        let user = &signed.identity.user;
        let initials: String = user
            .name
            .split_whitespace()
            .filter_map(|word| word.chars().next())
            .collect();
        let first: String = initials.chars().take(1).collect();
        let last: String = initials
            .chars()
            .skip(1)
            .last()
            .map(String::from)
            .unwrap_or_default();
        let notice = signed
            .query
            .some("done")
            .and_then(|done| signed.text.find(&format!("notice-{done}")));
        Self {
            t: signed.text,
            title: title.into(),
            section,
            organisation: signed.identity.workspace.name.clone(),
            user_name: user.name.clone(),
            initials: format!("{first}{last}").to_uppercase(),
            role_key: role_key(user.role),
            may_set: signed.identity.actor.has(Right::ReadSettings),
            csrf: signed.csrf.clone(),
            notice,
            storage: StorageNotice::of(signed),
            path: signed.path.clone(),
            may: Right::ALL
                .into_iter()
                .filter(|right| signed.identity.actor.has(*right))
                .collect(),
        }
    }

    /// The hidden field that shows that a form is ours.
    pub(super) fn csrf_field(&self) -> Piece {
        self.t.csrf_field(&self.csrf)
    }

    /// Whether the reader has the right that API tokens know by this word.
    pub(super) fn may(&self, scope: &str) -> bool {
        self.may.iter().any(|right| right.scope() == scope)
    }

    /// The menu, as far as the reader may see it.
    pub(super) fn groups(&self) -> Vec<Group> {
        MENU.iter()
            .map(|(heading, entries)| Group {
                heading: self.t.s(heading),
                entries: self.entries(|section| entries.iter().any(|entry| entry.0 == section)),
            })
            .filter(|group| !group.entries.is_empty())
            .collect()
    }

    /// The bottom bar of a phone.
    pub(super) fn dock(&self) -> Vec<Entry> {
        self.entries(|section| DOCK.contains(&section))
    }

    /// What hides behind "more" on a phone.
    pub(super) fn dock_more(&self) -> Vec<Entry> {
        let mut entries = self.entries(|section| !DOCK.contains(&section));
        if self.may_set {
            entries.push(Entry {
                href: "/settings",
                icon: "settings",
                label: self.t.s("nav-settings"),
                is_current: self.section == "settings",
            });
        }
        entries
    }

    fn entries(&self, belongs: impl Fn(&str) -> bool) -> Vec<Entry> {
        MENU.iter()
            .flat_map(|(_, entries)| entries.iter())
            .filter(|(section, _, _, right)| belongs(section) && self.may.contains(right))
            .map(|(section, href, icon, _)| Entry {
                href,
                icon,
                label: self.t.s(&format!("nav-{section}")),
                is_current: *section == self.section,
            })
            .collect()
    }
}

impl StorageNotice {
    /// What everyone should know; that room gets scarce only those who can do something about it.
    fn of(signed: &Signed) -> Option<Self> {
        let t = signed.text;
        match signed.storage? {
            StorageTrouble::Refused { since, because } => {
                let key = match because {
                    Refusal::Full => "full",
                    Refusal::Failing => "failing",
                    Refusal::ReadOnly => "read-only",
                    Refusal::Damaged => "damaged",
                };
                let since = t.moment(since, &signed.zone);
                Some(Self {
                    is_refused: true,
                    title: t.a("storage-refused-title", &[("since", since.into())]),
                    text: t.s(&format!("storage-refused-{key}")),
                })
            }
            StorageTrouble::Scarce(room) => {
                let free = i64::try_from(room.free / 1_000_000).unwrap_or(i64::MAX);
                let is_owner = signed.identity.user.role == Role::Owner;
                is_owner.then(|| Self {
                    is_refused: false,
                    title: t.a("storage-scarce-title", &[("free", free.into())]),
                    text: t.s("storage-scarce-text"),
                })
            }
        }
    }
}

/// Message key of a role.
pub(super) const fn role_key(role: Role) -> &'static str {
    match role {
        Role::Owner => "role-owner",
        Role::Admin => "role-admin",
        Role::Analyst => "role-analyst",
        Role::Agent => "role-agent",
        Role::Viewer => "role-viewer",
    }
}
