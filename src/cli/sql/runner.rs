//! Runs queries on a thread of their own: one that neither ends nor can be stopped, since SQLite asks for the time only
//! between its steps, is left behind.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Result, anyhow};

use crate::domain::catalog::Catalog;
use crate::domain::records::{Records, Value};
use crate::store::{Interrupt, QueryLimits, Store, StoreError};

/// How long after its limit a query may take to stop.
const GRACE: Duration = Duration::from_secs(3);

/// What stops the query that runs now, if one does.
pub(super) type Stop = Arc<Mutex<Option<Interrupt>>>;

/// What is asked of the thread.
enum Question {
    Query(String, Vec<(String, Value)>),
    Explain(String, Vec<(String, Value)>),
}

struct Worker {
    questions: Sender<Question>,
    answers: Receiver<Result<Records, StoreError>>,
}

/// Runs queries on the archive, one after the other.
pub(super) struct Runner {
    archive: PathBuf,
    limits: QueryLimits,
    worker: Option<Worker>,
    stop: Stop,
}

impl Runner {
    pub(super) fn new(archive: PathBuf, limits: QueryLimits) -> Self {
        Self {
            archive,
            limits,
            worker: None,
            stop: Stop::default(),
        }
    }

    /// What another thread, or a signal, stops the running query with.
    pub(super) fn stop(&self) -> Stop {
        Arc::clone(&self.stop)
    }

    pub(super) fn catalog(&self) -> Result<Catalog, StoreError> {
        Store::open_read_only(&self.archive)?.read(|reader| reader.catalog())
    }

    pub(super) fn query(&mut self, sql: &str, parameters: &[(String, Value)]) -> Result<Records> {
        self.ask(Question::Query(sql.to_owned(), parameters.to_vec()))
    }

    pub(super) fn explain(&mut self, sql: &str, parameters: &[(String, Value)]) -> Result<Records> {
        self.ask(Question::Explain(sql.to_owned(), parameters.to_vec()))
    }

    fn ask(&mut self, question: Question) -> Result<Records> {
        let worker = match self.worker.take() {
            Some(worker) => worker,
            None => self.hire()?,
        };
        let ended = || anyhow!("the query ended without an answer; that is a bug");
        worker.questions.send(question).map_err(|_| ended())?;
        match worker.answers.recv_timeout(self.limits.time + GRACE) {
            Ok(answer) => {
                self.worker = Some(worker);
                Ok(answer?)
            }
            Err(RecvTimeoutError::Timeout) => {
                Err(StoreError::TimedOut(self.limits.time.as_secs_f64()).into())
            }
            Err(RecvTimeoutError::Disconnected) => Err(ended()),
        }
    }

    fn hire(&self) -> Result<Worker> {
        let mut store = Store::open_read_only(&self.archive)?;
        let stop = self.stop();
        *stop.lock().unwrap_or_else(PoisonError::into_inner) = Some(store.interrupt());
        let limits = self.limits;
        let (questions, asked) = mpsc::channel();
        let (answer, answers) = mpsc::channel();
        thread::spawn(move || {
            for question in asked {
                let found = match question {
                    Question::Query(sql, parameters) => store.query(&sql, &parameters, limits),
                    Question::Explain(sql, parameters) => store.explain(&sql, &parameters, limits),
                };
                if answer.send(found).is_err() {
                    break;
                }
            }
        });
        Ok(Worker { questions, answers })
    }
}
