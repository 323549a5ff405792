//! A build that is killed leaves the old file, or the new one: whole.

use std::process::Stdio;
use std::time::{Duration, Instant};

use threadline::store;

use crate::cli::{answer, threadline};

#[test]
fn killed_a_hundred_times() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.threadline");
    let old = folder.path().join("old");
    std::fs::create_dir_all(old.join("news/1969/07/20")).unwrap();
    std::fs::write(old.join("news/1969/07/20/a.md"), "### [1969-07-20](/x)\n# A\n").unwrap();
    let build = |archive: &str| answer(&["build", archive, "-o", file.to_str().unwrap()]);
    let start = Instant::now();
    build("data");
    let whole = start.elapsed();
    build(old.to_str().unwrap());
    let (mut olds, mut news) = (0, 0);
    let mut seed = 1_u64;
    for _ in 0..100 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // From before anything is read until after all is written.
        let share = (seed >> 40) as f64 / f64::from(1 << 24) * 1.3;
        let mut child = threadline()
            .args(["build", "data", "-o", file.to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * share));
        let _ = child.kill();
        child.wait().unwrap();
        let graph = store::open(&file).unwrap();
        let checks = store::verify(&file).unwrap();
        assert!(checks.iter().all(|check| check.fault.is_none()), "{checks:?}");
        match graph.event_count() {
            1 => olds += 1,
            123 => {
                news += 1;
                build(old.to_str().unwrap());
            }
            other => panic!("a file with {other} events"),
        }
    }
    assert!(olds > 0 && news > 0, "killed too early or too late: {olds} old, {news} new");
}
