//! Chores of the project.
mod train;
mod vectors;
use clap::Parser;
#[derive(Debug, clap::Parser)]
enum Chore {
    Vectors(vectors::Vectors),
    Train(train::Train),
}
fn main() -> anyhow::Result<()> {
    match Chore::parse() {
        Chore::Vectors(v) => vectors::run(&v),
        Chore::Train(v) => train::run(&v),
    }
}
