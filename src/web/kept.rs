//! Answers kept in memory for whoever asks the same next.
//!
//! In: finished answers, each with the state of the data that it was made from
//! and what was asked. Out: the same answers again, until the data change, nobody
//! has asked for them for long enough, or there is no room. Data do not change
//! within a state, so that an answer from here is the one that would be made.
//!
//! What was asked is kept nowhere but here, and no longer than its answer. What
//! is asked in a body, such as the description of a case, never comes here.

use std::collections::HashMap;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::Response;
use url::form_urlencoded;

/// What an answer takes beside its text, in bytes, at least.
const OVERHEAD: usize = 512;
/// Answers that would take more than this part of all the room are not kept.
const LARGEST_PART: usize = 16;

/// What was asked: equal for requests that have the same answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// Path and query string, whichever way its letters were escaped.
    target: String,
    /// Codings of the body that the client takes.
    codings: Option<HeaderValue>,
}

impl Key {
    /// What a request asks; `None` when its answer is not to be kept.
    pub(super) fn of(request: &Request) -> Option<Self> {
        if *request.method() != Method::GET {
            return None;
        }
        let mut target = request.uri().path().to_owned();
        if let Some(query) = request.uri().query() {
            let start = target.len() + 1;
            target.push('?');
            let mut written = form_urlencoded::Serializer::for_suffix(target, start);
            written.extend_pairs(form_urlencoded::parse(query.as_bytes()));
            target = written.finish();
        }
        Some(Self {
            target,
            codings: request.headers().get(header::ACCEPT_ENCODING).cloned(),
        })
    }
}

/// A finished answer, with status 200.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// All headers that depend on what was asked.
    pub headers: HeaderMap,
    /// As it is sent.
    pub body: Bytes,
}

impl Answer {
    /// The same answer, to be sent.
    pub(super) fn response(&self) -> Response {
        let mut response = Response::new(Body::from(self.body.clone()));
        response.headers_mut().clone_from(&self.headers);
        response
    }

    fn size(&self, key: &Key) -> usize {
        let headers = self.headers.iter();
        let headers = headers.map(|(name, value)| name.as_str().len() + value.len());
        OVERHEAD + key.target.len() + self.body.len() + headers.sum::<usize>()
    }
}

/// Answers of one state of the data, within so much room.
#[derive(Debug)]
pub(super) struct Kept {
    most_bytes: usize,
    time: Duration,
    answers: Mutex<Answers>,
}

/// Two halves: what is asked for goes to the younger. When that is full, or has
/// been filled for half the time, it takes the place of the older, which is
/// forgotten.
#[derive(Debug, Default)]
struct Answers {
    revision: String,
    young: Half,
    old: Half,
    turned: Option<Instant>,
}

#[derive(Debug, Default)]
struct Half {
    answers: HashMap<Key, Arc<Answer>>,
    size: usize,
}

impl Kept {
    /// Room for so many bytes, none for 0; what nobody asks for is forgotten
    /// after `time`.
    pub(super) fn new(most_bytes: usize, time: Duration) -> Self {
        Self {
            most_bytes,
            time,
            answers: Mutex::default(),
        }
    }

    /// Whether answers may be kept at all.
    pub(super) fn has_room(&self) -> bool {
        self.most_bytes > 0 && !self.time.is_zero()
    }

    /// The answer made from this state of the data. Answers of any other are
    /// forgotten.
    pub(super) fn get(&self, revision: &str, key: &Key, now: Instant) -> Option<Arc<Answer>> {
        let mut answers = self.lock();
        answers.settle(revision, now, self.time);
        if let Some(answer) = answers.young.answers.get(key) {
            return Some(Arc::clone(answer));
        }
        let answer = answers.old.take(key)?;
        answers.put(key.clone(), Arc::clone(&answer), self.most_bytes / 2, now);
        Some(answer)
    }

    /// Keeps an answer, when it is made from the state that is asked for now and
    /// not too large.
    pub(super) fn keep(&self, revision: &str, key: Key, answer: Answer, now: Instant) {
        if answer.size(&key) > self.most_bytes / LARGEST_PART {
            return;
        }
        let mut answers = self.lock();
        if answers.revision == revision {
            answers.put(key, Arc::new(answer), self.most_bytes / 2, now);
        }
    }

    /// Forgets what is of another state or was not asked for of late.
    pub(super) fn settle(&self, revision: &str, now: Instant) {
        self.lock().settle(revision, now, self.time);
    }

    /// Bytes taken up.
    pub(super) fn size(&self) -> usize {
        let answers = self.lock();
        answers.young.size + answers.old.size
    }

    fn lock(&self) -> MutexGuard<'_, Answers> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Answers {
    fn settle(&mut self, revision: &str, now: Instant, time: Duration) {
        if self.revision != revision {
            *self = Self {
                revision: revision.to_owned(),
                ..Self::default()
            };
        }
        let since = now.saturating_duration_since(*self.turned.get_or_insert(now));
        if since >= time {
            self.young = Half::default();
        }
        if since >= time / 2 {
            self.turn(now);
        }
    }

    fn turn(&mut self, now: Instant) {
        self.old = mem::take(&mut self.young);
        self.turned = Some(now);
    }

    fn put(&mut self, key: Key, answer: Arc<Answer>, most_bytes: usize, now: Instant) {
        let size = answer.size(&key);
        if self.young.size + size > most_bytes {
            self.turn(now);
        }
        // Two may have asked at once.
        if self.young.answers.insert(key, answer).is_none() {
            self.young.size += size;
        }
    }
}

impl Half {
    fn take(&mut self, key: &Key) -> Option<Arc<Answer>> {
        let answer = self.answers.remove(key)?;
        self.size -= answer.size(key);
        Some(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    #[test]
    fn an_answer_is_given_again_until_the_data_change() {
        let (kept, now) = (Kept::new(1 << 20, MINUTE), Instant::now());
        assert!(kept.get("a", &key("/reviews"), now).is_none());
        kept.keep("a", key("/reviews"), answer(9), now);
        assert_eq!(
            *kept.get("a", &key("/reviews"), now).expect("kept"),
            answer(9)
        );
        assert!(kept.get("a", &key("/lessons"), now).is_none());
        assert!(kept.get("b", &key("/reviews"), now).is_none());
        assert_eq!(kept.size(), 0);
        // Made from data that were replaced meanwhile.
        kept.keep("a", key("/reviews"), answer(9), now);
        assert_eq!(kept.size(), 0);
    }

    #[test]
    fn what_nobody_asks_for_is_forgotten_in_time() {
        let (kept, begun) = (Kept::new(1 << 20, MINUTE), Instant::now());
        let at = |seconds| begun + Duration::from_secs(seconds);
        kept.settle("a", begun);
        kept.keep("a", key("/often"), answer(9), begun);
        kept.keep("a", key("/once"), answer(9), begun);
        for seconds in (20..=120).step_by(20) {
            assert!(kept.get("a", &key("/often"), at(seconds)).is_some());
        }
        assert!(kept.get("a", &key("/once"), at(120)).is_none());
        kept.settle("a", at(200));
        assert_eq!(kept.size(), 0);
    }

    #[test]
    fn answers_never_take_more_than_their_room() {
        let (most, now) = (100_000, Instant::now());
        let kept = Kept::new(most, MINUTE);
        kept.settle("a", now);
        for number in 0..1000 {
            kept.keep("a", key(&format!("/{number}")), answer(2000), now);
            assert!(kept.size() <= most, "{}", kept.size());
            kept.get("a", &key("/0"), now);
        }
        assert!(kept.get("a", &key("/0"), now).is_some(), "asked for often");
        assert!(kept.get("a", &key("/1"), now).is_none(), "not asked for");
        kept.keep("a", key("/large"), answer(most / LARGEST_PART), now);
        assert!(kept.get("a", &key("/large"), now).is_none());
        assert!(!Kept::new(0, MINUTE).has_room());
    }

    #[test]
    fn requests_are_told_apart_by_what_they_ask() {
        let same = key("/reviews?q=information+sharing&page=2");
        assert_eq!(key("/reviews?q=information%20sharing&page=%32"), same);
        for other in [
            "/reviews?page=2&q=information+sharing",
            "/reviews?q=Information+sharing&page=2",
            "/cy/reviews?q=information+sharing&page=2",
            "/reviews",
        ] {
            assert_ne!(key(other), same, "{other}");
        }
        let mut packed = request("/reviews", "GET");
        let gzip = HeaderValue::from_static("gzip");
        packed.headers_mut().insert(header::ACCEPT_ENCODING, gzip);
        assert_ne!(Key::of(&packed), Some(key("/reviews")));
        assert_eq!(Key::of(&request("/api/v1/similar", "POST")), None);
    }

    fn key(target: &str) -> Key {
        Key::of(&request(target, "GET")).expect("a key")
    }

    fn request(target: &str, method: &str) -> Request {
        let request = Request::builder().uri(target).method(method);
        request.body(Body::empty()).expect("a request")
    }

    fn answer(length: usize) -> Answer {
        Answer {
            headers: HeaderMap::new(),
            body: vec![b'x'; length].into(),
        }
    }
}
