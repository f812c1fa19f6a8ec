//! Stand-ins of networkd, iwd, logind and systemd, which note what they are asked.

#![expect(
    clippy::needless_pass_by_value,
    reason = "headers come by value from the bus"
)]

use std::sync::{Arc, Mutex};
use std::thread;

use tokio::runtime::{Builder, Runtime};
use zbus::message::Header;
use zbus::names::OwnedUniqueName;
use zbus::zvariant::{ObjectPath, OwnedObjectPath};
use zbus::{Connection, DBusError, interface};

const STATION: &str = "/net/connman/iwd/0/3";

/// As networkd of Debian 13 says it, without what is not used.
const LINKS: &str = r#"{"Interfaces":[
    {"Index":1,"Name":"lo","Type":"loopback","CarrierState":"carrier",
     "Addresses":[{"Family":2,"Address":[127,0,0,1],"PrefixLength":8}]},
    {"Index":2,"Name":"enp1s0","Type":"ether","Driver":"virtio_net","CarrierState":"carrier",
     "Addresses":[{"Family":2,"Address":[192,168,1,20],"PrefixLength":24},
                  {"Family":2,"Address":[169,254,3,4],"PrefixLength":16},
                  {"Family":10,"Address":[254,128,0,0,0,0,0,0,0,0,0,0,0,0,0,1],"PrefixLength":64},
                  {"Family":10,"Address":[32,1,13,184,0,0,0,0,0,0,0,0,0,0,0,1],"PrefixLength":64}]},
    {"Index":3,"Name":"br0","Type":"ether","Kind":"bridge","CarrierState":"carrier"},
    {"Index":4,"Name":"wlan0","Type":"wlan","CarrierState":"no-carrier"}]}"#;

/// What the stand-ins were asked, and who answers for passphrases.
#[derive(Clone, Default)]
pub(super) struct Notes {
    asked: Arc<Mutex<Vec<String>>>,
    agent: Arc<Mutex<Option<(OwnedUniqueName, OwnedObjectPath)>>>,
}

impl Notes {
    fn note(&self, asked: impl Into<String>) {
        self.asked.lock().unwrap().push(asked.into());
    }

    pub(super) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

struct Networkd(Notes);

#[interface(name = "org.freedesktop.network1.Manager")]
impl Networkd {
    fn describe(&self) -> String {
        LINKS.to_owned()
    }

    fn reload(&self) {
        self.0.note("reload");
    }
}

struct Logind(Notes);

#[interface(name = "org.freedesktop.login1.Manager")]
impl Logind {
    fn reboot(&self, interactive: bool) {
        self.0.note(format!("reboot {interactive}"));
    }

    fn power_off(&self, interactive: bool) {
        self.0.note(format!("power off {interactive}"));
    }
}

struct Systemd(Notes);

#[interface(name = "org.freedesktop.systemd1.Manager")]
impl Systemd {
    fn reset_failed_unit(&self, unit: &str) {
        self.0.note(format!("reset {unit}"));
    }

    fn restart_unit(&self, unit: &str, mode: &str) -> OwnedObjectPath {
        self.0.note(format!("restart {unit} {mode}"));
        OwnedObjectPath::try_from("/org/freedesktop/systemd1/job/1").unwrap()
    }
}

#[derive(Debug, DBusError)]
#[zbus(prefix = "net.connman.iwd")]
enum Refused {
    #[zbus(error)]
    Bus(zbus::Error),
    Failed(String),
    NotConnected(String),
}

struct Agents(Notes);

#[interface(name = "net.connman.iwd.AgentManager")]
impl Agents {
    fn register_agent(&self, path: OwnedObjectPath, #[zbus(header)] header: Header<'_>) {
        let sender = header.sender().unwrap().to_owned().into();
        *self.0.agent.lock().unwrap() = Some((sender, path));
    }
}

struct Station {
    notes: Notes,
    scanning: bool,
}

#[interface(name = "net.connman.iwd.Station")]
impl Station {
    /// Begins to look; that it has ended is told later, by another thread.
    fn scan(&mut self, #[zbus(connection)] bus: &Connection) {
        self.notes.note("scan");
        self.scanning = true;
        let bus = bus.clone();
        thread::spawn(move || runtime().block_on(end_of_scan(&bus)));
    }

    fn disconnect(&self) -> Result<(), Refused> {
        self.notes.note("disconnect");
        Err(Refused::NotConnected(String::new()))
    }

    fn get_ordered_networks(&self) -> Vec<(OwnedObjectPath, i16)> {
        let path = |name: &str| format!("{STATION}/{name}").try_into().unwrap();
        let reach = [("school", -4_200_i16), ("open", -6_500), ("firm", -9_000)];
        reach.map(|(name, signal)| (path(name), signal)).into()
    }

    fn connect_hidden_network(&self, name: &str) -> Result<(), Refused> {
        self.notes.note(format!("hidden {name}"));
        if name == "caché" {
            return Ok(());
        }
        Err(Refused::Failed(name.to_owned()))
    }

    #[zbus(property)]
    fn scanning(&self) -> bool {
        self.scanning
    }
}

async fn end_of_scan(bus: &Connection) {
    let station = bus
        .object_server()
        .interface::<_, Station>(STATION)
        .await
        .unwrap();
    station.get_mut().await.scanning = false;
    let emitter = station.signal_emitter();
    station.get().await.scanning_changed(emitter).await.unwrap();
}

struct Reachable {
    notes: Notes,
    name: &'static str,
    security: &'static str,
}

#[interface(name = "net.connman.iwd.Network")]
impl Reachable {
    /// Lets in who knows the passphrase; asks the agent for it.
    async fn connect(&self, #[zbus(connection)] bus: &Connection) -> Result<(), Refused> {
        self.notes.note(format!("connect {}", self.name));
        if self.security == "open" {
            return Ok(());
        }
        let agent = self.notes.agent.lock().unwrap().clone();
        let (sender, path) = agent.ok_or_else(|| Refused::Failed("no agent".to_owned()))?;
        let network = (ObjectPath::try_from(STATION).unwrap(),);
        let interface = Some("net.connman.iwd.Agent");
        let ask = bus.call_method(Some(sender), path, interface, "RequestPassphrase", &network);
        let reply = ask.await?;
        let passphrase: String = reply.body().deserialize()?;
        if passphrase == "un deux trois" {
            return Ok(());
        }
        Err(Refused::Failed("4-way handshake".to_owned()))
    }

    #[zbus(property)]
    fn name(&self) -> &str {
        self.name
    }

    #[zbus(property, name = "Type")]
    fn security(&self) -> &str {
        self.security
    }
}

pub(super) fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().unwrap()
}

/// All of them on a bus.
pub(super) async fn services(
    address: &str,
    notes: &Notes,
    with_card: bool,
) -> zbus::Result<Connection> {
    let mut builder = zbus::connection::Builder::address(address)?
        .serve_at("/", zbus::fdo::ObjectManager)?
        .serve_at("/org/freedesktop/network1", Networkd(notes.clone()))?
        .serve_at("/org/freedesktop/login1", Logind(notes.clone()))?
        .serve_at("/org/freedesktop/systemd1", Systemd(notes.clone()))?
        .serve_at("/net/connman/iwd", Agents(notes.clone()))?;
    if with_card {
        let (notes, scanning) = (notes.clone(), false);
        builder = builder.serve_at(STATION, Station { notes, scanning })?;
    }
    for (path, name, security) in [
        ("school", "école", "psk"),
        ("open", "bibliothèque", "open"),
        ("firm", "firme", "8021x"),
    ] {
        let notes = notes.clone();
        let network = Reachable {
            notes,
            name,
            security,
        };
        builder = builder.serve_at(format!("{STATION}/{path}"), network)?;
    }
    for name in [
        "org.freedesktop.network1",
        "org.freedesktop.login1",
        "org.freedesktop.systemd1",
        "net.connman.iwd",
    ] {
        builder = builder.name(name)?;
    }
    builder.build().await
}
