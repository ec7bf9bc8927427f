//! A corpus by `dictum extract --output-dir`: shares, files that are done, runs that are killed, servers that are away.
#![cfg(feature = "server")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A folder of the test's own, gone at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    /// Every file below, hidden ones too, with its text.
    fn files(&self, below: &str) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.at(below)];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(folder) else { continue };
            for entry in entries {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.at(below)).expect("below");
                    let text = fs::read_to_string(&path).expect("text");
                    found.insert(name.display().to_string(), text);
                }
            }
        }
        found
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn command(folder: &Folder, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dictum"));
    command
        .arg("extract")
        .args(arguments)
        .current_dir(&folder.0)
        .env_remove("JOB_COMPLETION_INDEX");
    command
}

fn extract(folder: &Folder, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("dictum runs")
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn lines(from: usize, to: usize) -> String {
    let line = |number: usize| {
        let content = format!("Sales rose by {number} percent in 2021.");
        json!({"document": {"content": content, "documentId": number.to_string()}}).to_string()
            + "\n"
    };
    (from..to).map(line).collect()
}

fn ids(text: &str) -> Vec<usize> {
    let id = |line: &str| {
        let answer: Value = serde_json::from_str(line).expect("JSON");
        answer["documentId"].as_str().expect("an id").parse().expect("a number")
    };
    text.lines().map(id).collect()
}

/// A server on a free port of 127.0.0.1, ended with the test.
struct Server(Child, String);

impl Server {
    fn start(more: &[&str]) -> Self {
        let free = || {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
            listener.local_addr().expect("bound").to_string()
        };
        let (listen, admin) = (free(), free());
        let mut server = Command::new(env!("CARGO_BIN_EXE_dictum"));
        server.args([
            "serve",
            "--log=off",
            "--drain-delay=0",
            "--listen",
            &listen,
            "--admin-listen",
            &admin,
        ]);
        let child = server.args(more).stderr(Stdio::null()).spawn().expect("dictum serves");
        let server = Self(child, listen);
        let begun = Instant::now();
        loop {
            let health = Command::new(env!("CARGO_BIN_EXE_dictum"))
                .args(["health", "--timeout=1", "--endpoint", &admin])
                .output();
            if health.expect("dictum runs").status.success() {
                return server;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "the server does not serve");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_folder_has_its_answers_beside_its_names_and_is_not_read_twice() {
    let folder = Folder::new("bulk-folder");
    folder.write("in/2024/a.txt", "Sales rose by 5 percent in 2021.");
    folder.write("in/2024/empty.txt", "");
    folder.write("in/b.txt", "It opened in May 2020.");
    folder.write("in/.hidden", "It opened in May 2020.");
    let arguments = ["--format=jsonl", "--output-dir=out", "in"];
    let output = extract(&folder, &arguments);
    assert_eq!(output.status.code(), Some(1), "one document is refused");
    assert!(output.stdout.is_empty());
    assert_eq!(errors(&output), "dictum: in/2024/empty.txt: document.content is empty\n");
    let found = folder.files("out");
    let names: Vec<_> = found.keys().map(String::as_str).collect();
    let wanted = [
        "2024/a.txt.facts.jsonl",
        "2024/empty.txt.facts.jsonl",
        "2024/empty.txt.facts.jsonl.errors",
        "b.txt.facts.jsonl",
    ];
    assert_eq!(names, wanted);
    let answer: Value = serde_json::from_str(&found["2024/a.txt.facts.jsonl"]).expect("JSON");
    assert_eq!(answer["documentId"], "2024/a.txt");
    assert_eq!(answer["facts"].as_array().map(Vec::len), Some(2));
    assert!(found["2024/empty.txt.facts.jsonl"].is_empty());
    assert!(found["2024/empty.txt.facts.jsonl.errors"].contains("document.content is empty"));

    folder.write("out/b.txt.facts.jsonl", "mine");
    let output = extract(&folder, &arguments);
    assert_eq!((output.status.code(), errors(&output)), (Some(0), String::new()), "all is done");
    assert_eq!(folder.files("out")["b.txt.facts.jsonl"], "mine");
}

#[test]
fn shares_are_taken_by_the_index_of_a_job() {
    let folder = Folder::new("bulk-shares");
    for number in 0..7 {
        folder.write(&format!("in/{number}.jsonl"), &lines(10 * number, 10 * number + 3));
    }
    let arguments =
        ["--input-format=jsonl", "--format=jsonl", "--output-dir=out", "--shards=3", "in"];
    for (index, files) in [("0", 3), ("1", 5), ("2", 7)] {
        let output = command(&folder, &arguments).env("JOB_COMPLETION_INDEX", index).output();
        assert!(output.expect("dictum runs").status.success());
        assert_eq!(folder.files("out").len(), files, "after share {index}");
    }
    for (name, text) in folder.files("out") {
        let number: usize = name.trim_end_matches(".jsonl.facts.jsonl").parse().expect("a number");
        assert_eq!(ids(&text), [10 * number, 10 * number + 1, 10 * number + 2]);
    }
    let output = extract(&folder, &["--shards=3", "--shard-index=3", "in"]);
    assert_eq!(errors(&output), "dictum: --shard-index is 3, it must be below --shards, 3\n");
}

#[test]
fn answers_keep_the_order_of_documents_whatever_is_under_way_at_once() {
    let folder = Folder::new("bulk-order");
    folder.write("in/a.jsonl", &(lines(0, 200) + "{\n" + &lines(200, 300)));
    folder.write("in/b.jsonl", &lines(300, 310));
    let server = Server::start(&[]);
    let fixed = ["--input-format=jsonl", "--format=jsonl", "in/a.jsonl", "in/b.jsonl"];
    let one = extract(&folder, &fixed);
    assert_eq!(ids(&String::from_utf8_lossy(&one.stdout)), (0..310).collect::<Vec<_>>());
    for more in [&["--concurrency=8"][..], &["--concurrency=8", "--endpoint", &server.1]] {
        let many = extract(&folder, &[&fixed[..], more].concat());
        assert_eq!(many.stdout, one.stdout, "{more:?}");
        assert_eq!((errors(&many), many.status), (errors(&one), one.status), "{more:?}");
    }
    let all = extract(
        &folder,
        &["--input-format=jsonl", "--format=jsonl", "--concurrency=8", "--output-dir=out", "in"],
    );
    assert_eq!(all.status.code(), Some(1), "one line is no JSON");
    let found = folder.files("out");
    assert_eq!(
        found["a.jsonl.facts.jsonl"].clone() + &found["b.jsonl.facts.jsonl"],
        String::from_utf8_lossy(&one.stdout)
    );
    assert!(found["a.jsonl.facts.jsonl.errors"].contains("line 201"), "{found:?}");
}

/// A named pipe, which is waited for only by who reads it.
fn open(pipe: &Path) -> fs::File {
    fs::OpenOptions::new().read(true).write(true).open(pipe).expect("opened")
}

/// Waits until the answers to a file are being written.
fn begun(folder: &Folder, prefix: &str) {
    let begun = Instant::now();
    while !folder.files("out").keys().any(|name| name.starts_with(prefix)) {
        assert!(begun.elapsed() < Duration::from_secs(60), "{prefix} is not begun");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_run_that_is_killed_leaves_no_file_that_looks_done() {
    let folder = Folder::new("bulk-killed");
    folder.write("in/a.jsonl", &lines(0, 5));
    fs::create_dir_all(folder.at("in")).expect("made");
    let pipe = folder.at("in/b.jsonl");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    let arguments = ["--input-format=jsonl", "--format=jsonl", "--output-dir=out", "in"];
    let mut child = command(&folder, &arguments).spawn().expect("dictum runs");
    let mut writer = open(&pipe);
    writer.write_all(lines(5, 8).as_bytes()).expect("written");
    begun(&folder, ".b.jsonl");
    child.kill().expect("killed");
    child.wait().expect("ended");
    let done: Vec<_> =
        folder.files("out").into_keys().filter(|name| !name.starts_with('.')).collect();
    assert_eq!(done, ["a.jsonl.facts.jsonl"]);

    drop(writer);
    fs::remove_file(&pipe).expect("removed");
    folder.write("in/b.jsonl", &lines(5, 9));
    assert!(extract(&folder, &arguments).status.success());
    assert_eq!(ids(&folder.files("out")["b.jsonl.facts.jsonl"]), [5, 6, 7, 8]);
}

#[test]
fn what_a_server_cannot_answer_is_asked_again_and_never_looks_done() {
    let folder = Folder::new("bulk-away");
    folder.write("in/a.jsonl", &lines(0, 400));
    folder.write("in/b.jsonl", &lines(400, 800));
    let mut server = Server::start(&[]);
    let endpoint = server.1.clone();
    let arguments = [
        "--input-format=jsonl",
        "--format=jsonl",
        "--output-dir=out",
        "--concurrency=2",
        "--retries=0",
        "--endpoint",
        &endpoint,
        "in",
    ];
    // The second file waits for its pipe, so the server can go away between two of its lines.
    let pipe = folder.at("in/b.jsonl");
    fs::remove_file(&pipe).expect("removed");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    let mut child =
        command(&folder, &arguments).stderr(Stdio::piped()).spawn().expect("dictum runs");
    let mut writer = open(&pipe);
    writer.write_all(lines(400, 410).as_bytes()).expect("written");
    begun(&folder, ".b.jsonl");
    server.0.kill().expect("killed");
    server.0.wait().expect("ended");
    // The reader may have left already.
    let _ = writer.write_all(lines(410, 420).as_bytes());
    drop(writer);
    let mut said = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut said).expect("text");
    assert_eq!(child.wait().expect("ended").code(), Some(1), "{said}");
    assert!(said.contains("b.jsonl, line"), "{said}");
    assert_eq!(folder.files("out").into_keys().collect::<Vec<_>>(), ["a.jsonl.facts.jsonl"]);
}

#[test]
fn files_of_one_name_have_no_one_place() {
    let folder = Folder::new("bulk-twice");
    folder.write("x/a.txt", "It opened in May 2020.");
    folder.write("y/a.txt", "It opened in May 2021.");
    let output = extract(&folder, &["--output-dir=out", "x/a.txt", "y/a.txt"]);
    assert_eq!(
        errors(&output),
        "dictum: two files have the name a.txt: --output-dir has one place\n"
    );
    let output = extract(&folder, &["--output-dir=out", "-"]);
    assert_eq!(
        errors(&output),
        "dictum: --output-dir has no place for the answers to standard input\n"
    );
}
