//! A Peil of its own for every test, and a client that behaves like a browser: it keeps cookies,
//! sends the hidden fields of forms along and follows nothing by itself.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response, StatusCode, header},
};
use peil_app::{
    App,
    access::{Identity, NewUser, SetUp},
};
use peil_domain::{
    access::{Role, Scopes},
    shared::Language,
};
use peil_http::HttpConfig;
use tempfile::TempDir;
use tower::ServiceExt;

/// Password of everyone in tests.
pub(crate) const PASSWORD: &str = "vier rode fietsen in de regen";
/// Address of the owner.
pub(crate) const OWNER: &str = "sanne@example.nl";

/// One installation.
pub(crate) struct Site {
    /// The use cases.
    pub(crate) app: Arc<App>,
    router: Router,
    folder: Arc<TempDir>,
}

/// A page or answer that came back.
#[derive(Debug)]
pub(crate) struct Answer {
    /// HTTP status.
    pub(crate) status: StatusCode,
    /// Where it leads, for redirects.
    pub(crate) location: Option<String>,
    /// Content type.
    pub(crate) kind: String,
    /// Headers.
    pub(crate) headers: axum::http::HeaderMap,
    /// Content.
    pub(crate) body: Vec<u8>,
}

/// One visitor with a cookie jar.
pub(crate) struct Browser<'a> {
    site: &'a Site,
    cookies: BTreeMap<String, String>,
    /// Headers sent along with everything.
    pub(crate) headers: Vec<(&'static str, String)>,
}

/// Lets figures come from facts, as they do when Peil serves; from the records when
/// `PEIL_TEST_FACTS` is `records`.
#[expect(clippy::disallowed_methods, reason = "a setting of these tests")]
async fn keep_facts(app: &Arc<App>, settings: &peil::settings::Settings) {
    if std::env::var("PEIL_TEST_FACTS").is_ok_and(|from| from == "records") {
        return;
    }
    peil::wiring::keep_facts(app, settings);
    app.load_facts().await.unwrap();
}

impl Site {
    /// An installation that nobody has set up yet.
    pub(crate) async fn empty() -> Self {
        Self::empty_on(None).await
    }

    /// The same with its records on a database server.
    pub(crate) async fn empty_on(database: Option<String>) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let settings = peil::settings::Settings {
            database,
            ..peil::settings::Settings::of_folder(folder.path())
        };
        let opened = peil::wiring::open_with(&settings, "http://peil.test")
            .await
            .unwrap();
        let app = opened.app;
        keep_facts(&app, &settings).await;
        let router = peil_http::router(Arc::clone(&app), HttpConfig::default());
        Self {
            app,
            router,
            folder,
        }
    }

    /// An installation with the organisation "Testwinkel" and its owner.
    pub(crate) async fn ready() -> Self {
        Self::ready_on(None).await
    }

    /// The same with its records on a database server.
    pub(crate) async fn ready_on(database: Option<String>) -> Self {
        let site = Self::empty_on(database).await;
        site.app
            .set_up(SetUp {
                organisation: "Testwinkel".into(),
                language: Language::Nl,
                time_zone: "Europe/Amsterdam".into(),
                name: "Sanne de Boer".into(),
                email: OWNER.parse().unwrap(),
                password: PASSWORD.into(),
            })
            .await
            .unwrap();
        site
    }

    /// The organisation of the demonstration, made small.
    pub(crate) async fn demo() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let settings = peil::settings::Settings::of_folder(folder.path());
        let opened = peil::wiring::open_with(&settings, "http://peil.test")
            .await
            .unwrap();
        let size = peil::demo::Size {
            seed: 1,
            today: jiff::civil::date(2026, 11, 21),
            contacts: 250,
        };
        peil::demo::make(&opened.app, &opened.store, size)
            .await
            .unwrap();
        opened.app.read_all_answers().await.unwrap();
        keep_facts(&opened.app, &settings).await;
        let router = peil_http::router(Arc::clone(&opened.app), HttpConfig::default());
        Self {
            app: opened.app,
            router,
            folder,
        }
    }

    /// Adds someone with a role to the demonstration; gives the address to sign in with.
    pub(crate) async fn add_person_to_demo(&self, role: Role) -> String {
        let owner = peil::demo::OWNER;
        let signed_in = self
            .app
            .sign_in(owner, peil::demo::PASSWORD.into())
            .await
            .unwrap();
        let email = format!("nieuw-{role}@example.nl");
        let new = NewUser {
            name: format!("Nieuw {role}"),
            email: email.parse().unwrap(),
            password: PASSWORD.into(),
            role,
            language: Language::Nl,
        };
        self.app
            .add_user(&signed_in.identity.actor, new)
            .await
            .unwrap();
        email
    }

    /// Another node beside this one, with use cases of its own on the same records.
    pub(crate) fn node(&self, app: Arc<App>) -> Self {
        let router = peil_http::router(Arc::clone(&app), HttpConfig::default());
        Self {
            app,
            router,
            folder: Arc::clone(&self.folder),
        }
    }

    /// Its data folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A visitor who is not signed in.
    pub(crate) fn visitor(&self) -> Browser<'_> {
        Browser {
            site: self,
            cookies: BTreeMap::new(),
            headers: Vec::new(),
        }
    }

    /// The owner, signed in.
    pub(crate) async fn owner(&self) -> Browser<'_> {
        self.signed_in(OWNER).await
    }

    /// Someone who is signed in.
    pub(crate) async fn signed_in(&self, email: &str) -> Browser<'_> {
        self.signed_in_with(email, PASSWORD).await
    }

    /// Someone who is signed in with a password of their own.
    pub(crate) async fn signed_in_with(&self, email: &str, password: &str) -> Browser<'_> {
        let mut browser = self.visitor();
        browser.get("/sign-in").await;
        let page = browser.get("/sign-in").await;
        let answer = browser
            .submit(
                &page,
                "/sign-in",
                &[("email", email), ("password", password)],
            )
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        browser
    }

    /// Who the owner is, for calling use cases directly.
    pub(crate) async fn identity(&self) -> Identity {
        self.app
            .sign_in(OWNER, PASSWORD.into())
            .await
            .unwrap()
            .identity
    }

    /// Adds someone with a role and signs them in.
    pub(crate) async fn person(&self, role: Role) -> Browser<'_> {
        let owner = self.identity().await;
        let email = format!("{role}@example.nl");
        let new = NewUser {
            name: format!("Naam {role}"),
            email: email.parse().unwrap(),
            password: PASSWORD.into(),
            role,
            language: Language::Nl,
        };
        self.app.add_user(&owner.actor, new).await.unwrap();
        self.signed_in(&email).await
    }

    /// A token for the API with these scopes.
    pub(crate) async fn token(&self, scopes: &str) -> String {
        let owner = self.identity().await;
        let scopes: Scopes = scopes.parse().unwrap();
        self.app
            .add_api_token(&owner.actor, owner.user.id, "test", scopes)
            .await
            .unwrap()
            .token
    }

    /// A program that calls the API with every scope.
    pub(crate) async fn program(&self) -> Browser<'_> {
        let token = self.token("all").await;
        let mut browser = self.visitor();
        browser
            .headers
            .push(("authorization", format!("Bearer {token}")));
        browser
    }
}

impl Browser<'_> {
    /// Fetches a page.
    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, None, Vec::new()).await
    }

    /// Sends a form with the hidden fields of the form on `page` whose action is `action`.
    pub(crate) async fn submit(
        &mut self,
        page: &Answer,
        action: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let mut all = page.hidden_fields(action);
        for (name, value) in fields {
            all.push(((*name).to_owned(), (*value).to_owned()));
        }
        self.post(action, &all).await
    }

    /// Sends these fields and nothing else.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(String, String)]) -> Answer {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        let kind = Some("application/x-www-form-urlencoded");
        self.send("POST", path, kind, pairs.join("&").into_bytes())
            .await
    }

    /// Calls the API with a JSON body.
    pub(crate) async fn call(
        &mut self,
        method: &str,
        path: &str,
        body: &serde_json::Value,
    ) -> Answer {
        self.send(
            method,
            path,
            Some("application/json"),
            body.to_string().into_bytes(),
        )
        .await
    }

    /// Sends anything.
    pub(crate) async fn send(
        &mut self,
        method: &str,
        path: &str,
        kind: Option<&str>,
        body: Vec<u8>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Body::from(body)).unwrap();
        let response = self.site.router.clone().oneshot(request).await.unwrap();
        self.keep_cookies(&response);
        Answer::read(response).await
    }

    fn keep_cookies(&mut self, response: &Response<Body>) {
        for line in response.headers().get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Answer {
    async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let text = |name: header::HeaderName| {
            parts
                .headers
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        Self {
            status: parts.status,
            location: text(header::LOCATION),
            kind: text(header::CONTENT_TYPE).unwrap_or_default(),
            headers: parts.headers.clone(),
            body: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
        }
    }

    /// The content as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The content as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text()))
    }

    /// Hidden fields of the form with this action; of the whole page when no form has it.
    pub(crate) fn hidden_fields(&self, action: &str) -> Vec<(String, String)> {
        let html = self.text();
        let form = html
            .split("<form")
            .skip(1)
            .find(|form| {
                form.split('>')
                    .next()
                    .unwrap()
                    .contains(&format!("action=\"{action}\""))
            })
            .map_or(html.as_str(), |form| form.split("</form>").next().unwrap());
        form.split("<input")
            .skip(1)
            .map(|input| input.split('>').next().unwrap())
            .filter(|input| input.contains("type=\"hidden\""))
            .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?)))
            .collect()
    }
}

/// Value of an attribute inside a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag
        .split(&format!(" {name}=\""))
        .nth(1)?
        .split('"')
        .next()?;
    Some(
        value
            .replace("&quot;", "\"")
            .replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&#38;", "&")
            .replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}

/// Writes a value for a form.
fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}
