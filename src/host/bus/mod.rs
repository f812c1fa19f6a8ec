//! The services of the system, over D-Bus.

mod links; // what systemd-networkd tells of the cards; pure
mod wireless; // iwd

use serde::de::DeserializeOwned;
use tokio::runtime::{Builder, Runtime};
use zbus::Connection;
use zbus::zvariant::{DynamicType, Type};

use super::policy;
use super::services::{Found, Host, Power, ServiceError, Unit};
use super::{Card, Passphrase, Reach};

const NETWORKD: Service = Service {
    name: "org.freedesktop.network1",
    path: "/org/freedesktop/network1",
    interface: "org.freedesktop.network1.Manager",
};
const LOGIND: Service = Service {
    name: "org.freedesktop.login1",
    path: "/org/freedesktop/login1",
    interface: "org.freedesktop.login1.Manager",
};
const SYSTEMD: Service = Service {
    name: "org.freedesktop.systemd1",
    path: "/org/freedesktop/systemd1",
    interface: "org.freedesktop.systemd1.Manager",
};

/// An object of a service, and the methods of it that are called.
#[derive(Clone, Copy)]
struct Service {
    name: &'static str,
    path: &'static str,
    interface: &'static str,
}

/// The bus of the system.
#[derive(Debug)]
pub struct Bus {
    runtime: Runtime,
    connection: Connection,
}

impl Bus {
    /// Connects to a bus; without an address to that of the system.
    ///
    /// # Errors
    /// [`ServiceError::Service`].
    pub fn open(address: Option<&str>) -> Result<Self, ServiceError> {
        let runtime = Builder::new_current_thread().enable_time().build();
        let runtime = runtime.map_err(|error| failed("the bus", error))?;
        let connection = runtime.block_on(connect(address));
        let connection = connection.map_err(|error| failed("the bus", error))?;
        Ok(Self {
            runtime,
            connection,
        })
    }

    fn call<A, R>(
        &self,
        service: Service,
        method: &'static str,
        with: &A,
    ) -> Result<R, ServiceError>
    where
        A: serde::Serialize + DynamicType,
        R: DeserializeOwned + Type,
    {
        let Service {
            name,
            path,
            interface,
        } = service;
        let call = self
            .connection
            .call_method(Some(name), path, Some(interface), method, with);
        let reply = self.runtime.block_on(call);
        let said = reply.and_then(|reply| reply.body().deserialize());
        said.map_err(|error| failed(name, error))
    }
}

async fn connect(address: Option<&str>) -> zbus::Result<Connection> {
    let builder = match address {
        Some(address) => zbus::connection::Builder::address(address)?,
        None => zbus::connection::Builder::system()?,
    };
    builder.method_timeout(policy::SERVICE).build().await
}

fn failed(service: &'static str, error: impl std::fmt::Display) -> ServiceError {
    ServiceError::Service {
        service,
        detail: error.to_string(),
    }
}

impl Host for Bus {
    fn cards(&self) -> Result<Vec<Card>, ServiceError> {
        let described: String = self.call(NETWORKD, "Describe", &())?;
        links::cards(&described).map_err(|error| failed(NETWORKD.name, error))
    }

    fn scan(&self) -> Result<Vec<Reach>, ServiceError> {
        self.runtime.block_on(wireless::scan(&self.connection))
    }

    fn join(&self, name: &str, passphrase: Option<&Passphrase>) -> Result<Found, ServiceError> {
        let joining = wireless::join(&self.connection, name, passphrase);
        self.runtime.block_on(joining)
    }

    fn leave(&self) -> Result<(), ServiceError> {
        self.runtime.block_on(wireless::leave(&self.connection))
    }

    fn reload_networks(&self) -> Result<(), ServiceError> {
        self.call(NETWORKD, "Reload", &())
    }

    fn restart(&self, unit: Unit) -> Result<(), ServiceError> {
        // A person who tries three turns of the picture is not a screen that fails three times.
        let () = self.call(SYSTEMD, "ResetFailedUnit", &(unit.name(),))?;
        let _job: zbus::zvariant::OwnedObjectPath =
            self.call(SYSTEMD, "RestartUnit", &(unit.name(), "replace"))?;
        Ok(())
    }

    fn power(&self, power: Power) -> Result<(), ServiceError> {
        let method = match power {
            Power::Restart => "Reboot",
            Power::Off => "PowerOff",
        };
        // Nobody is there to be asked for a right.
        self.call(LOGIND, method, &(false,))
    }
}
