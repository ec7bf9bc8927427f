//! The service over real sockets.
#![cfg(feature = "server")]

mod admission;
mod calls;
mod deadline;
mod drain;
mod health;
mod keys;
mod start;
mod telemetry;
mod tls;
mod web;
