//! Rows of another organisation never appear, whatever is asked.

use peil_domain::{
    access::{Actor, Role, User},
    audience::{Attribute, AttributeKind, Filter, Segment},
    journey::Touchpoint,
    response::Response,
    shared::{
        AccountId, AttributeId, ContactId, ImportId, InvitationId, Language, QuestionKey,
        SegmentId, SurveyId, TouchpointId, UserId, WaveId, WorkspaceId,
    },
    survey::SurveyPurpose,
};
use peil_store::{
    Session, Store, access,
    audience::{
        accounts, attributes,
        contacts::{self, ContactQuery},
        segments,
    },
    audit::{self, Event},
    imports::{self, Import, ImportKind, ImportState},
    journey,
    outreach::{self, histories, invitations, waves},
    response::{self, ResponseQuery},
    results::{self, CommentQuery, Dimension, ReadAs},
    survey,
};

use crate::{
    databases::on_every_database,
    sample::{self, at, id, key},
};

/// What one organisation has: one of everything.
struct House {
    workspace: WorkspaceId,
    survey: SurveyId,
    contact: ContactId,
    account: AccountId,
    segment: SegmentId,
    wave: WaveId,
    invitation: InvitationId,
    import: ImportId,
    response: Response,
}

async fn house(store: &Store) -> House {
    let workspace = sample::workspace(store).await;
    let (survey, version) = sample::live_survey(store, workspace, SurveyPurpose::Relational).await;
    let tx = store.begin(workspace).await.unwrap();
    let account = accounts::find_or_add(&tx, AccountId(id()), "A1", "Bakker")
        .await
        .unwrap();
    let mut contact = sample::contact(workspace, "Anna");
    contact.external_id = Some("K1".into());
    contact.email = Some("anna@voorbeeld.nl".parse().unwrap());
    contact.account = Some(account.id);
    contacts::add(&tx, &contact).await.unwrap();
    let attribute = Attribute {
        id: AttributeId(id()),
        workspace,
        key: key("regio"),
        label: "Regio".into(),
        kind: AttributeKind::Choice,
    };
    attributes::add(&tx, &attribute).await.unwrap();
    let segment = Segment {
        id: SegmentId(id()),
        workspace,
        name: "Alle".into(),
        filter: Filter::default(),
    };
    segments::add(&tx, &segment).await.unwrap();
    let wave = sample::wave(workspace, survey.id);
    waves::add(&tx, &wave).await.unwrap();
    let invitation = sample::invitation(&wave, version.id, contact.id);
    let token = invitation.id.to_string();
    invitations::add_many(&tx, &[(invitation.clone(), token)])
        .await
        .unwrap();
    let mut response = sample::response(&version, workspace, at(3));
    response.contact = Some(contact.id);
    response.account = Some(account.id);
    response.segments.insert(key("regio"), "Noord".into());
    response.answers = vec![sample::score("nps", 9), sample::text("waarom", "Prima")];
    response::add(&tx, &response).await.unwrap();
    let import = office(&tx, workspace).await;
    tx.commit().await.unwrap();
    House {
        workspace,
        survey: survey.id,
        contact: contact.id,
        account: account.id,
        segment: segment.id,
        wave: wave.id,
        invitation: invitation.id,
        import,
        response,
    }
}

/// Adds a person, a touchpoint, an import and an event.
async fn office(tx: &peil_store::Tx, workspace: WorkspaceId) -> ImportId {
    let user = User {
        id: UserId(id()),
        workspace,
        email: format!("{}@voorbeeld.nl", workspace.0.simple())
            .parse()
            .unwrap(),
        name: "Anna".into(),
        role: Role::Owner,
        language: Language::Nl,
        is_blocked: false,
        created_at: at(0),
    };
    access::add_user(tx, &user, "hash").await.unwrap();
    let touchpoint = Touchpoint {
        id: TouchpointId(id()),
        workspace,
        key: key("balie"),
        name: "Balie".into(),
        position: 0,
    };
    journey::add_touchpoint(tx, &touchpoint).await.unwrap();
    let actor = Actor {
        workspace,
        user: Some(user.id),
        role: Role::Owner,
        scopes: None,
    };
    let event = Event {
        id: id(),
        at: at(0),
        user: None,
        event: "survey.published".into(),
        subject: "x".into(),
        details: serde_json::json!({}),
    };
    audit::record(tx, &actor, event).await.unwrap();
    let import = Import {
        id: ImportId(id()),
        workspace,
        user: None,
        survey: None,
        kind: ImportKind::Contacts,
        state: ImportState::Uploaded,
        file_name: "klanten.csv".into(),
        mapping: serde_json::json!({}),
        done: 0,
        total: 0,
        added: 0,
        updated: 0,
        failed: 0,
        created_at: at(0),
        finished_at: None,
        last_error: None,
    };
    imports::add(tx, &import).await.unwrap();
    import.id
}

#[tokio::test]
async fn lists_hold_rows_of_their_own_organisation_only() {
    on_every_database(async |place| {
        let here = house(&place.store).await;
        let there = house(&place.store).await;
        for own in [&here, &there] {
            let read = place.store.read(own.workspace);
            lists_of_people(&read, own).await;
            lists_of_answers(&read, own).await;
        }
    })
    .await;
}

async fn lists_of_people(read: &impl Session, own: &House) {
    macro_rules! only_own {
        ($list:expr) => {
            let list = $list.await.unwrap();
            assert_eq!(list.len(), 1, "{}", stringify!($list));
            assert_eq!(list[0].workspace, own.workspace, "{}", stringify!($list));
        };
    }
    let all = Filter::default();
    only_own!(access::list_users(read));
    only_own!(attributes::list(read));
    only_own!(accounts::list(read));
    only_own!(segments::list(read));
    only_own!(waves::list(read));
    only_own!(survey::list(read));
    only_own!(journey::list_touchpoints(read));
    only_own!(imports::list(read, 9));
    only_own!(contacts::list_from(read, &all, &[], None, 9));
    let numbers = ["K1".to_owned()];
    let emails = ["anna@voorbeeld.nl".parse().unwrap()];
    only_own!(contacts::lookup_many(read, &numbers, &emails));
    only_own!(invitations::list_by_contact(read, own.contact, 9));
    only_own!(invitations::list_by_wave(read, own.wave, None, None, 9));
    let query = ContactQuery {
        filter: &all,
        attributes: &[],
        search: Some("anna"),
        after: None,
        limit: 9,
    };
    let page = contacts::list(read, &query).await.unwrap();
    assert_eq!(
        page.items.iter().map(|one| one.id).collect::<Vec<_>>(),
        [own.contact]
    );
    assert_eq!(contacts::count(read, &all, &[], None).await.unwrap(), 1);
    let by_account = serde_json::json!({ "conditions": [
        { "field": "account", "operator": "is", "values": ["Bakker"] }
    ] });
    let filter: Filter = serde_json::from_value(by_account).unwrap();
    assert_eq!(contacts::count(read, &filter, &[], None).await.unwrap(), 1);
    assert_eq!(audit::list(read, 9).await.unwrap().len(), 1);
}

async fn lists_of_answers(read: &impl Session, own: &House) {
    let submissions = ResponseQuery {
        survey: None,
        filters: vec![(Dimension::Account, vec!["Bakker".into()])],
        excluded: Vec::new(),
        from: None,
        until: None,
        only_known: false,
        given: None,
        search: Some("prima".into()),
        read_as: ReadAs::default(),
        flag: None,
        after: None,
        limit: 9,
    };
    let page = response::list(read, &submissions).await.unwrap();
    assert_eq!(
        page.items.iter().map(|one| one.id).collect::<Vec<_>>(),
        [own.response.id]
    );
    assert_eq!(
        response::list_from(read, own.survey, None, 9)
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn what_is_asked_for_by_name_is_not_found_elsewhere() {
    on_every_database(async |place| {
        let here = house(&place.store).await;
        let there = house(&place.store).await;
        let read = place.store.read(here.workspace);
        nothing_of(&read, &there).await;
        let tx = place.store.begin(here.workspace).await.unwrap();
        changes_nothing_of(&tx, &there).await;
        tx.commit().await.unwrap();
        let read = place.store.read(there.workspace);
        let untouched = contacts::find(&read, there.contact).await.unwrap().unwrap();
        assert_eq!(untouched.opted_out_at, None);
        assert_eq!(
            invitations::wave_counts(&read, there.wave)
                .await
                .unwrap()
                .queued,
            1
        );
        assert!(
            segments::find(&read, there.segment)
                .await
                .unwrap()
                .is_some()
        );
        assert!(survey::find(&read, there.survey).await.unwrap().is_some());
    })
    .await;
}

async fn nothing_of(read: &impl Session, there: &House) {
    let nps: QuestionKey = key("nps");
    assert_eq!(survey::find(read, there.survey).await.unwrap(), None);
    assert_eq!(
        survey::newest_version(read, there.survey).await.unwrap(),
        None
    );
    assert_eq!(contacts::find(read, there.contact).await.unwrap(), None);
    assert_eq!(
        contacts::list_by_ids(read, &[there.contact]).await.unwrap(),
        []
    );
    assert_eq!(accounts::find(read, there.account).await.unwrap(), None);
    assert_eq!(
        accounts::list_by_ids(read, &[there.account]).await.unwrap(),
        []
    );
    assert_eq!(segments::find(read, there.segment).await.unwrap(), None);
    assert_eq!(waves::find(read, there.wave).await.unwrap(), None);
    assert_eq!(
        invitations::find(read, there.invitation).await.unwrap(),
        None
    );
    assert_eq!(
        invitations::list_by_wave(read, there.wave, None, None, 9)
            .await
            .unwrap(),
        []
    );
    assert_eq!(
        invitations::list_by_contact(read, there.contact, 9)
            .await
            .unwrap(),
        []
    );
    assert_eq!(
        invitations::wave_counts(read, there.wave)
            .await
            .unwrap()
            .total(),
        0
    );
    assert_eq!(outreach::open_count(read, there.wave).await.unwrap(), 0);
    let past = histories(read, &[there.contact], SurveyPurpose::Relational)
        .await
        .unwrap();
    assert!(past.is_empty());
    assert!(imports::find(read, there.import).await.unwrap().is_none());
    assert_eq!(response::find(read, there.response.id).await.unwrap(), None);
    assert_eq!(response::count(read, there.survey).await.unwrap(), 0);
    assert_eq!(
        response::list_by_contact(read, there.contact, 9)
            .await
            .unwrap(),
        []
    );
    assert_eq!(
        response::list_from(read, there.survey, None, 9)
            .await
            .unwrap(),
        []
    );
    assert_eq!(results::segment_keys(read, there.survey).await.unwrap(), []);
    let funnel = results::invitation_funnel(read, there.survey, None, None)
        .await
        .unwrap();
    assert_eq!(funnel, results::InvitationFunnel::default());
    let query = CommentQuery {
        survey: Some(there.survey),
        question: None,
        filters: Vec::new(),
        excluded: Vec::new(),
        from: None,
        until: None,
        only_known: false,
        score: None,
        search: None,
        read_as: ReadAs::default(),
        headline: Some(nps),
        include_partial: true,
        include_automatic: true,
        after: None,
        limit: 9,
    };
    assert_eq!(results::comments(read, &query).await.unwrap().items, []);
}

async fn changes_nothing_of(tx: &peil_store::Tx, there: &House) {
    assert!(!contacts::opt_out(tx, there.contact, at(1)).await.unwrap());
    assert_eq!(
        outreach::take_due(tx, there.wave, at(9), 9).await.unwrap(),
        []
    );
    assert_eq!(
        outreach::mark_handing_over(tx, &[there.invitation])
            .await
            .unwrap(),
        0
    );
    outreach::mark_sent(tx, &[there.invitation], at(1))
        .await
        .unwrap();
    outreach::mark_failed(tx, there.invitation, "x")
        .await
        .unwrap();
    outreach::mark_retry(tx, there.invitation, at(1), "x")
        .await
        .unwrap();
    assert_eq!(outreach::cancel_queued(tx, there.wave).await.unwrap(), 0);
    assert_eq!(outreach::unconfirm_stale(tx, there.wave).await.unwrap(), 0);
    segments::remove(tx, there.segment).await.unwrap();
    survey::remove(tx, there.survey).await.unwrap();
}
