//! iwd (`net.connman.iwd`): what is in reach, and joining it.

use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use zbus::fdo::{ManagedObjects, ObjectManagerProxy};
use zbus::zvariant::{DynamicType, ObjectPath, OwnedObjectPath, OwnedValue, Type};
use zbus::{Connection, Proxy, interface};

use super::{ServiceError, failed};
use crate::host::services::Found;
use crate::host::{Passphrase, Reach, policy, reach};

const IWD: &str = "net.connman.iwd";
const STATION: &str = "net.connman.iwd.Station";
const NETWORK: &str = "net.connman.iwd.Network";
const AGENTS: &str = "net.connman.iwd.AgentManager";

/// Where iwd keeps its agents.
const MANAGER: &str = "/net/connman/iwd";

/// Where iwd asks this process for a passphrase.
const AGENT: &str = "/be/borne/agent";

/// Errors of joining that say nothing of the network: the service is busy or not ready.
const OWN_FAULTS: [&str; 4] = [
    "net.connman.iwd.Busy",
    "net.connman.iwd.InProgress",
    "net.connman.iwd.NotAvailable",
    "net.connman.iwd.NotSupported",
];

pub(super) async fn scan(bus: &Connection) -> Result<Vec<Reach>, ServiceError> {
    let station = station(&objects(bus).await?)?;
    look(bus, &station).await?;
    let signals = signals(bus, &station).await?;
    let objects = objects(bus).await?;
    let told = |(path, signal): &(OwnedObjectPath, i16)| network(&objects, path, *signal);
    Ok(signals.iter().filter_map(told).collect())
}

pub(super) async fn join(
    bus: &Connection,
    name: &str,
    passphrase: Option<&Passphrase>,
) -> Result<Found, ServiceError> {
    let station = station(&objects(bus).await?)?;
    // It may be joined to this one already, with another passphrase, or be joining one by itself.
    let _: Result<(), zbus::Error> = call(bus, &station, STATION, "Disconnect", &()).await;
    look(bus, &station).await?;
    let known = objects(bus).await?;
    let in_reach = signals(bus, &station).await?;
    let named = |path: &&OwnedObjectPath| text(&known, path, NETWORK, "Name") == Some(name);
    let path = in_reach.iter().map(|(path, _)| path).find(named);
    let asked = ask_for_passphrase(bus, passphrase).await?;
    let joined: Result<(), zbus::Error> = match path {
        Some(path) => call(bus, path, NETWORK, "Connect", &()).await,
        None => call(bus, &station, STATION, "ConnectHiddenNetwork", &(name,)).await,
    };
    if asked {
        let _ = bus.object_server().remove::<Agent, _>(AGENT).await;
    }
    joined.map_err(refused)?;
    Ok(if path.is_some() {
        Found::InReach
    } else {
        Found::ByName
    })
}

pub(super) async fn leave(bus: &Connection) -> Result<(), ServiceError> {
    // Where there is no wireless card, the service may not run at all.
    let Ok(station) = objects(bus).await.and_then(|objects| station(&objects)) else {
        return Ok(());
    };
    let left: Result<(), zbus::Error> = call(bus, &station, STATION, "Disconnect", &()).await;
    match left {
        Err(error) if name(&error) != "net.connman.iwd.NotConnected" => Err(failed(IWD, error)),
        _ => Ok(()),
    }
}

/// Looks which networks are in reach, and waits until that is known.
async fn look(bus: &Connection, station: &OwnedObjectPath) -> Result<(), ServiceError> {
    let begun: Result<(), zbus::Error> = call(bus, station, STATION, "Scan", &()).await;
    match begun {
        Err(error) if !OWN_FAULTS.contains(&name(&error)) => return Err(failed(IWD, error)),
        _ => {}
    }
    let waited = tokio::time::timeout(policy::SERVICE, until_looked(bus, station)).await;
    match waited {
        Ok(looked) => looked.map_err(|error| failed(IWD, error)),
        Err(_) => Err(failed(
            IWD,
            format!("no end of the scan in {:?}", policy::SERVICE),
        )),
    }
}

async fn until_looked(bus: &Connection, station: &OwnedObjectPath) -> zbus::Result<()> {
    let station = Proxy::new(bus, IWD, station, STATION).await?;
    let mut changes = station.receive_property_changed::<bool>("Scanning").await;
    while station.get_property::<bool>("Scanning").await? {
        if changes.next().await.is_none() {
            break;
        }
    }
    Ok(())
}

/// Networks in reach with their signal, hundredths of a dBm.
async fn signals(
    bus: &Connection,
    station: &OwnedObjectPath,
) -> Result<Vec<(OwnedObjectPath, i16)>, ServiceError> {
    let found = call(bus, station, STATION, "GetOrderedNetworks", &()).await;
    found.map_err(|error| failed(IWD, error))
}

fn network(objects: &ManagedObjects, path: &OwnedObjectPath, signal: i16) -> Option<Reach> {
    let security = text(objects, path, NETWORK, "Type")?;
    Some(Reach {
        name: text(objects, path, NETWORK, "Name")?.to_owned(),
        strength: reach::strength(signal),
        secured: security != "open",
        // WEP and the like cannot be joined with a passphrase either.
        enterprise: !matches!(security, "open" | "psk"),
    })
}

async fn objects(bus: &Connection) -> Result<ManagedObjects, ServiceError> {
    let proxy = ObjectManagerProxy::new(bus, IWD, "/").await;
    let proxy = proxy.map_err(|error| failed(IWD, error))?;
    let objects = proxy.get_managed_objects().await;
    objects.map_err(|error| failed(IWD, error))
}

/// The first card that can join networks.
fn station(objects: &ManagedObjects) -> Result<OwnedObjectPath, ServiceError> {
    let stations = objects
        .iter()
        .filter(|(_, interfaces)| interfaces.keys().any(|it| it.as_str() == STATION))
        .map(|(path, _)| path);
    let first = stations.min_by_key(|path| path.as_str());
    first.cloned().ok_or(ServiceError::NoCard)
}

fn text<'a>(
    objects: &'a ManagedObjects,
    path: &OwnedObjectPath,
    interface: &str,
    key: &str,
) -> Option<&'a str> {
    let interfaces = objects.get(path)?;
    let (_, properties) = interfaces.iter().find(|(it, _)| it.as_str() == interface)?;
    properties.get(key).and_then(as_text)
}

fn as_text(value: &OwnedValue) -> Option<&str> {
    value.downcast_ref().ok()
}

async fn call<A, R>(
    bus: &Connection,
    path: &OwnedObjectPath,
    interface: &'static str,
    method: &'static str,
    with: &A,
) -> Result<R, zbus::Error>
where
    A: serde::Serialize + DynamicType,
    R: DeserializeOwned + Type,
{
    let reply = bus.call_method(Some(IWD), path, Some(interface), method, with);
    reply.await?.body().deserialize()
}

fn name(error: &zbus::Error) -> &str {
    match error {
        zbus::Error::MethodError(name, _, _) => name.as_str(),
        _ => "",
    }
}

fn refused(error: zbus::Error) -> ServiceError {
    let name = name(&error);
    if name.starts_with("net.connman.iwd.") && !OWN_FAULTS.contains(&name) {
        ServiceError::NotLetIn(error.to_string())
    } else {
        failed(IWD, error)
    }
}

/// Answers when iwd has not seen the file of the network yet and asks for its passphrase.
struct Agent(String);

#[interface(name = "net.connman.iwd.Agent")]
impl Agent {
    fn request_passphrase(&self, _network: ObjectPath<'_>) -> String {
        self.0.clone()
    }

    fn release(&self) {}

    fn cancel(&self, _reason: &str) {}
}

/// Whether an agent stands ready now.
async fn ask_for_passphrase(
    bus: &Connection,
    passphrase: Option<&Passphrase>,
) -> Result<bool, ServiceError> {
    let Some(Passphrase(passphrase)) = passphrase else {
        return Ok(false);
    };
    let server = bus.object_server();
    let at = server.at(AGENT, Agent(passphrase.clone())).await;
    at.map_err(|error| failed(IWD, error))?;
    let manager = OwnedObjectPath::try_from(MANAGER).map_err(|error| failed(IWD, error))?;
    let agent = ObjectPath::try_from(AGENT).map_err(|error| failed(IWD, error))?;
    let registered: Result<(), zbus::Error> =
        call(bus, &manager, AGENTS, "RegisterAgent", &(agent,)).await;
    match registered {
        Err(error) if name(&error) != "net.connman.iwd.AlreadyExists" => Err(failed(IWD, error)),
        _ => Ok(true),
    }
}
