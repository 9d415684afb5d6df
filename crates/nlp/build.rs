//! Compiles the careful reader in if its feature is on and its weights are there; they are too large for the package registry.

use std::{env, path::Path};

fn main() {
    let weights = "model/en/careful.weights";
    println!("cargo::rustc-check-cfg=cfg(careful)");
    println!("cargo::rerun-if-changed={weights}");
    if env::var_os("CARGO_FEATURE_CAREFUL").is_some() {
        if Path::new(weights).exists() {
            println!("cargo::rustc-cfg=careful");
        } else {
            println!("cargo::warning={weights} is missing; building without the careful reader");
        }
    }
}
