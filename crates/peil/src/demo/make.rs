//! Makes the demonstration in one transaction: it is there whole, or not at all.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use peil_app::{
    App,
    access::hash_password,
    hash_token,
    ports::{SmtpSecurity, SmtpSettings},
};
use peil_domain::{
    access::{Actor, Brand, Role, User, Workspace},
    audience::{Attribute, AttributeKind, Condition, Field, Filter, Operator, Segment},
    outreach::{InvitationState, Wave, WaveState},
    shared::{AttributeId, InvitationId, Language, SegmentId, UserId, WorkspaceId},
};
use peil_store::{
    Store, Tx, access,
    audience::{accounts, attributes, contacts, segments},
    journey, outreach, response, settings, survey,
};
use serde::Serialize;

use super::{
    Mark,
    asking::{Clockwork, Year},
    calendar::{Calendar, ZONE},
    chance::Chance,
    mark,
    people::{self, People},
    story::Story,
    surveys::{self, Asked, Kind},
    texts::Texts,
    waves,
    writer::Writer,
};
use crate::Failure;

/// Name of the organisation.
const ORGANISATION: &str = "Fietsgoed";
/// Password of everyone in the demonstration; it is printed, so it protects nothing.
pub const PASSWORD: &str = "fietsbel remblok zadelpen";
/// Address of the owner.
pub const OWNER: &str = "eva@example.nl";

/// What to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// What everything follows from.
    pub seed: u64,
    /// The day after the last answer.
    pub today: Date,
    /// Number of customers; answers go along with it.
    pub contacts: usize,
}

impl Size {
    /// The demonstration as everyone gets it.
    #[must_use]
    pub fn full(today: Date) -> Self {
        Self {
            seed: 7_345,
            today,
            contacts: 6_000,
        }
    }
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Made {
    /// Customers.
    pub contacts: usize,
    /// Business accounts.
    pub accounts: usize,
    /// Waves that were sent.
    pub waves: usize,
    /// Invitations.
    pub invitations: usize,
    /// Answered questionnaires.
    pub responses: usize,
    /// Open answers.
    pub comments: usize,
}

/// Makes the demonstration in a database without an organisation.
pub async fn make(app: &App, database: &Store, size: Size) -> Result<Made, Failure> {
    let hash = hash_password(PASSWORD.to_owned()).await?;
    let texts = Texts::read()?;
    let story = Story::new(size.today);
    let calendar = Calendar::new();
    let mut chance = Chance::stream(size.seed, "organisation");
    let begin = calendar.at(story.first.saturating_sub(30.days()), 36_000);
    let millis = Calendar::millis_of(begin);
    let workspace = Workspace {
        id: WorkspaceId::new(millis, chance.bytes()),
        name: ORGANISATION.to_owned(),
        language: Language::Nl,
        time_zone: ZONE.to_owned(),
        brand: Brand {
            accent: "#0f6b4f".parse().unwrap_or(Brand::default().accent),
            ..Brand::default()
        },
        created_at: begin,
    };
    let staff = staff(&workspace, millis, &mut chance)?;
    let owner = staff
        .first()
        .map_or(UserId::new(millis, [0; 10]), |user| user.id);
    let touchpoints = surveys::touchpoints(&texts, workspace.id, millis, size.seed);
    let asked = surveys::make(
        &touchpoints,
        owner,
        workspace.id,
        size.seed,
        &story,
        &calendar,
    )?;
    let segments = all_segments(workspace.id, millis, &mut chance);
    let by_name: BTreeMap<&str, SegmentId> = segments
        .iter()
        .map(|segment| (segment.name.as_str(), segment.id))
        .collect();
    let mut people = people::make(workspace.id, size.seed, size.contacts, &story, &calendar)?;
    let writer = Writer::new(&texts, size.seed);
    let mut clockwork = Clockwork::new(workspace.id, size.seed, &story, &calendar, &asked, writer);
    clockwork.run(&mut people.persons, &by_name);
    let mut year = clockwork.year;
    let draft = next_wave(&workspace, &asked, &by_name, &story, &calendar, &mut chance);
    year.waves.extend(draft);
    let open = open_links(app, &mut year, calendar.at(size.today, 0));
    let tx = database.begin(workspace.id).await?;
    access::add_workspace(&tx, &workspace).await?;
    for user in &staff {
        access::add_user(&tx, user, &hash).await?;
    }
    for attribute in all_attributes(workspace.id, millis, &mut chance) {
        attributes::add(&tx, &attribute).await?;
    }
    for segment in &segments {
        segments::add(&tx, segment).await?;
    }
    for touchpoint in &touchpoints {
        journey::add_touchpoint(&tx, touchpoint).await?;
    }
    write_surveys(&tx, &asked).await?;
    write_people(&tx, &people).await?;
    write_year(&tx, &year).await?;
    settings::save(
        &tx,
        mark::NAME,
        &Mark {
            seed: size.seed,
            made_on: size.today,
            open,
        },
    )
    .await?;
    tx.commit().await?;
    app.update_mail_settings(&Actor::program(workspace.id), mail_settings())
        .await?;
    Ok(count(&people, &year))
}

/// Gives everyone who can still answer at `now` the link that this installation would mail; the
/// links of others are nobody's. Says who was asked last of them.
fn open_links(app: &App, year: &mut Year, now: Timestamp) -> Option<InvitationId> {
    let mut last = None;
    for (invitation, token) in &mut year.invitations {
        let is_open = invitation.state == InvitationState::Sent
            && invitation.answered_at.is_none()
            && invitation.expires_at > now;
        if !is_open {
            continue;
        }
        let link = app.invitation_link(invitation.id);
        *token = hash_token(link.rsplit('/').next().unwrap_or_default());
        last = last.max(Some((invitation.sent_at, invitation.id)));
    }
    last.map(|(_, id)| id)
}

async fn write_surveys(tx: &Tx, asked: &[Asked]) -> Result<(), Failure> {
    for one in asked {
        survey::add(tx, &one.survey).await?;
        for version in &one.versions {
            survey::add_version(tx, version).await?;
        }
    }
    Ok(())
}

async fn write_people(tx: &Tx, people: &People) -> Result<(), Failure> {
    for account in &people.accounts {
        accounts::find_or_add(tx, account.id, &account.external_id, &account.name).await?;
    }
    let all: Vec<_> = people
        .persons
        .iter()
        .map(|person| person.contact.clone())
        .collect();
    Ok(contacts::insert_many(tx, &all).await?)
}

async fn write_year(tx: &Tx, year: &Year) -> Result<(), Failure> {
    for wave in &year.waves {
        outreach::waves::add(tx, wave).await?;
    }
    outreach::invitations::add_many(tx, &year.invitations).await?;
    response::add_many(tx, &year.responses).await?;
    Ok(())
}

fn count(people: &People, year: &Year) -> Made {
    let is_text = |answer: &&peil_domain::response::Answer| {
        matches!(answer.value, peil_domain::response::AnswerValue::Text(_))
    };
    let texts = |response: &peil_domain::response::Response| {
        response.answers.iter().filter(is_text).count()
    };
    Made {
        contacts: people.persons.len(),
        accounts: people.accounts.len(),
        waves: year.waves.len(),
        invitations: year.invitations.len(),
        responses: year.responses.len(),
        comments: year.responses.iter().map(texts).sum(),
    }
}

/// Who works with Peil at the shop.
fn staff(workspace: &Workspace, millis: u64, chance: &mut Chance) -> Result<Vec<User>, Failure> {
    let people = [
        ("Eva Hoekstra", OWNER, Role::Owner),
        ("Daan Mulder", "daan@example.nl", Role::Analyst),
        ("Samira Benali", "samira@example.nl", Role::Viewer),
    ];
    people
        .into_iter()
        .map(|(name, email, role)| {
            let email = email.parse();
            Ok(User {
                id: UserId::new(millis, chance.bytes()),
                workspace: workspace.id,
                email: email.map_err(|error| Failure::Other(format!("demo: {error}")))?,
                name: name.to_owned(),
                role,
                language: Language::Nl,
                is_blocked: false,
                created_at: workspace.created_at,
            })
        })
        .collect()
}

fn all_attributes(workspace: WorkspaceId, millis: u64, chance: &mut Chance) -> Vec<Attribute> {
    let known = [
        ("klantgroep", "Klantgroep", AttributeKind::Choice),
        ("type_fiets", "Type fiets", AttributeKind::Choice),
        ("regio", "Regio", AttributeKind::Choice),
        ("kanaal", "Winkel of kanaal", AttributeKind::Choice),
        ("klant_sinds", "Klant sinds", AttributeKind::Date),
        ("bestellingen", "Aantal bestellingen", AttributeKind::Number),
        ("abonnement", "Onderhoudsabonnement", AttributeKind::Boolean),
        ("sector", "Sector", AttributeKind::Choice),
    ];
    known
        .into_iter()
        .filter_map(|(key, label, kind)| {
            let id = AttributeId::new(millis, chance.bytes());
            Some(Attribute {
                id,
                workspace,
                key: key.parse().ok()?,
                label: label.to_owned(),
                kind,
            })
        })
        .collect()
}

fn all_segments(workspace: WorkspaceId, millis: u64, chance: &mut Chance) -> Vec<Segment> {
    let known = [
        (
            "Particulieren",
            "attribute.klantgroep",
            Operator::Is,
            "Particulier",
        ),
        (
            "Zakelijke klanten",
            "attribute.klantgroep",
            Operator::Is,
            "Zakelijk",
        ),
        (
            "Leaserijders",
            "attribute.klantgroep",
            Operator::Is,
            "Lease",
        ),
        (
            "E-bikerijders",
            "attribute.type_fiets",
            Operator::Is,
            "E-bike",
        ),
        (
            "Met onderhoudsabonnement",
            "attribute.abonnement",
            Operator::Is,
            "true",
        ),
        (
            "Trouwe klanten (5 of meer bestellingen)",
            "attribute.bestellingen",
            Operator::AtLeast,
            "5",
        ),
        ("Engelstalig", "language", Operator::Is, "en"),
    ];
    known
        .into_iter()
        .filter_map(|(name, field, operator, value)| {
            let field: Field = field.parse().ok()?;
            let conditions = vec![Condition {
                field,
                operator,
                values: vec![value.to_owned()],
            }];
            let id = SegmentId::new(millis, chance.bytes());
            Some(Segment {
                id,
                workspace,
                name: name.to_owned(),
                filter: Filter { conditions },
            })
        })
        .collect()
}

/// A round that is being prepared, to be looked at before it goes out.
fn next_wave(
    workspace: &Workspace,
    asked: &[Asked],
    segments: &BTreeMap<&str, SegmentId>,
    story: &Story,
    calendar: &Calendar,
    chance: &mut Chance,
) -> Option<Wave> {
    let relation = asked.iter().find(|asked| asked.kind == Kind::Relation)?;
    let at = calendar
        .at(story.end, 0)
        .saturating_sub(SignedDuration::from_hours(8))
        .ok()?;
    let segment = segments.get("E-bikerijders").copied();
    let wave = waves::wave(
        workspace.id,
        &relation.survey,
        "KTO e-bikerijders (concept)",
        segment,
        at,
        chance,
    );
    Some(Wave {
        state: WaveState::Draft,
        started_at: None,
        finished_at: None,
        ..wave
    })
}

/// Mails are written into a folder; this only says in whose name.
fn mail_settings() -> SmtpSettings {
    SmtpSettings {
        host: "localhost".to_owned(),
        port: 25,
        security: SmtpSecurity::None,
        username: None,
        password: None,
        from_name: ORGANISATION.to_owned(),
        from_address: "klantenservice@example.nl".to_owned(),
        reply_to: None,
    }
}
