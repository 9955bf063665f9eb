// Connects as the emitted module says: use GROUP PORT.
#[path = "emitted.rs"]
mod emitted;
use std::io::{ErrorKind, Write};

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let group = emitted::connections(&words[1]).unwrap();
    match group.connect(([127, 0, 0, 1], words[2].parse().unwrap()).into()) {
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => println!("ECONNREFUSED"),
        Err(error) if error.kind() == ErrorKind::TimedOut => println!("ETIMEDOUT"),
        Err(error) => println!("{error}"),
        Ok(mut stream) => {
            println!("connected");
            let beat = |stream: &mut std::net::TcpStream| stream.write_all(b"beat");
            println!("read {}", group.read(&mut stream, &mut [0; 16], beat).unwrap());
        }
    }
}
