//! Signals as people read them: by name, with words that show them, and where to look further.

use jiff::Timestamp;
use peil_domain::{
    access::{Actor, Right},
    shared::{Language, ResponseId, SignalId, Slug},
    themes::Signal,
};
use peil_store::{
    Session, response,
    results::{Dimension, SignalQuery, signals},
    survey,
};

use super::LARGEST_PAGE;
use crate::{
    App, AppError,
    app::demand,
    facts::Look,
    results::{Readable, readable},
    themes::{Readings, Spoken, ThemeNames, own_words},
};

/// Most signals with a theme.
const OF_A_THEME: u64 = 12;

/// A page of signals.
#[derive(Debug, Clone)]
pub struct SignalsFound {
    /// The signals, the newest first.
    pub items: Vec<Signal>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// What themes are called.
    pub names: ThemeNames,
}

/// One signal with what shows it.
#[derive(Debug, Clone)]
pub struct SignalFound {
    /// The signal.
    pub signal: Signal,
    /// What themes are called.
    pub names: ThemeNames,
    /// Answers that show it, as far as the reader may read them.
    pub quotes: Vec<SignalQuote>,
    /// The questionnaire in which a theme is shown best.
    pub survey: Option<Slug>,
}

/// An answer that shows what a signal is about.
#[derive(Debug, Clone)]
pub struct SignalQuote {
    /// The submission.
    pub response: ResponseId,
    /// When it was sent.
    pub submitted_at: Timestamp,
    /// Its words; without personal data for who does not follow up.
    pub spoken: Spoken,
}

impl SignalFound {
    /// What it is about, in words.
    #[must_use]
    pub fn name(&self, language: Language) -> String {
        self.names.of_signal(&self.signal, language)
    }
}

impl App {
    /// Lists signals, the newest first.
    pub async fn list_signals(
        &self,
        actor: &Actor,
        query: SignalQuery,
    ) -> Result<SignalsFound, AppError> {
        demand(actor, Right::ReadResults)?;
        let query = SignalQuery {
            limit: query.limit.clamp(1, LARGEST_PAGE),
            ..query
        };
        let session = self.store.read(actor.workspace);
        let page = signals::list(&session, &query).await?;
        Ok(SignalsFound {
            items: page.items,
            next: page.next,
            names: self.theme_names(&session).await?,
        })
    }

    /// What was found of a theme, the newest first.
    pub(crate) async fn signals_of(
        &self,
        session: &impl Session,
        theme: &str,
    ) -> Result<Vec<Signal>, AppError> {
        let query = SignalQuery {
            subject: Some(theme.to_owned()),
            limit: OF_A_THEME,
            ..SignalQuery::default()
        };
        let mut found = signals::list(session, &query).await?.items;
        found.retain(|signal| signal.kind.is_of_theme());
        // Signals of other themes in whose answers it is complained about as well.
        let mut beside = signals::list_lately(session, self.clock.now()).await?;
        beside.retain(|signal| signal.evidence.companions.iter().any(|code| code == theme));
        beside.reverse();
        beside.append(&mut found);
        Ok(beside)
    }

    /// Reads a signal, with words that show it.
    pub async fn get_signal(&self, actor: &Actor, id: SignalId) -> Result<SignalFound, AppError> {
        demand(actor, Right::ReadResults)?;
        let session = self.look(actor.workspace).await?;
        let signal = signals::find(&session, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let of_theme = signal.kind.is_of_theme();
        let part = signal.evidence.part.as_ref();
        Ok(SignalFound {
            names: self.theme_names(&session).await?,
            quotes: if of_theme && actor.has(Right::ReadResponses) {
                quotes_of(&session, actor, &signal).await?
            } else {
                Vec::new()
            },
            survey: if let Some(part) = part.filter(|part| part.dimension == "survey") {
                part.value.parse().ok()
            } else if of_theme {
                survey_of(&session, &signal).await?
            } else {
                None
            },
            signal,
        })
    }
}

/// The words behind a signal of a theme that someone may read.
async fn quotes_of(
    session: &Look,
    actor: &Actor,
    signal: &Signal,
) -> Result<Vec<SignalQuote>, AppError> {
    let ids = signal.evidence.quotes.iter().copied();
    let readings = Readings::of(session, ids.clone()).await?;
    let filters = [(Dimension::Theme, vec![signal.subject.clone()])];
    let mut found = Vec::new();
    for id in ids {
        let Some(response) = response::find(session, id).await? else {
            continue;
        };
        let may_read = match readable(session, actor, Some(response.survey), &filters).await? {
            Readable::All => true,
            Readable::OnlyKnown => response.contact.is_some(),
            Readable::Nothing => false,
        };
        let said = own_words(&response).filter(|_| may_read);
        let spoken = said.map(|(key, words)| readings.spoken(actor, id, key, words));
        let quotes = spoken
            .filter(|spoken| complains(spoken, &signal.subject))
            .map(|spoken| SignalQuote {
                response: id,
                submitted_at: response.submitted_at,
                spoken,
            });
        found.extend(quotes);
    }
    Ok(found)
}

/// Whether an answer complains about a theme or a part of it.
fn complains(spoken: &Spoken, theme: &str) -> bool {
    let mut mentions = spoken.mentions.iter();
    mentions.any(|(code, tone)| *tone < 0 && code.split('.').next() == Some(theme))
}

/// The questionnaire in answer to which a theme was complained about most since the signal began.
async fn survey_of(session: &Look, signal: &Signal) -> Result<Option<Slug>, AppError> {
    let scope = super::super::scope_of(
        session,
        None,
        super::super::Wanted::only(&[
            (Dimension::Theme, vec![signal.subject.clone()]),
            (Dimension::Tone, vec!["-1".to_owned()]),
        ]),
        signal.evidence.since,
        None,
    )
    .await?;
    let mut query = peil_facts::CountQuery::new(scope, peil_facts::Subject::Submissions);
    query.group = vec![peil_facts::Dimension::Survey];
    query.with_people = false;
    let facts = crate::facts::Counting::facts(session);
    let cells = facts.counts(&query).await?.found;
    let most = cells.iter().max_by_key(|cell| cell.answers.n);
    let id = most.and_then(|cell| cell.groups.first()?.clone());
    let surveys = survey::list(session).await?;
    let is_most =
        |one: &&peil_domain::survey::Survey| Some(one.id.to_string().as_str()) == id.as_deref();
    Ok(surveys.iter().find(is_most).map(|one| one.slug.clone()))
}
