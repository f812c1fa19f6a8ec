//! The roles of partners, and the delegations that let them speak.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::authority::Authority;
use super::bench::{Bench, Contents, body};
use super::held::{Held, Published};
use super::roles::Order;
use super::{PublishError, policy};
use crate::catalogue::Catalogue;

/// The partners of a repository: their roles, and who signs each.
#[derive(Default)]
pub(super) struct Partners {
    pub(super) roles: BTreeMap<String, Published>,
    pub(super) signers: BTreeMap<String, Authority>,
}

impl Bench<'_> {
    /// Partners of this publication, and those of the repository as they are.
    pub(super) fn partners(
        &mut self,
        order: &Order<'_>,
        held: &Held,
    ) -> Result<Partners, PublishError> {
        let mut partners = Partners::default();
        for (id, role) in &held.partners {
            if order.retired.contains(id) {
                continue;
            }
            if let Some(signers) = signers(held, id) {
                partners.signers.insert(id.clone(), signers);
            }
            partners.roles.insert(id.clone(), role.clone());
        }
        for catalogue in &order.catalogues {
            self.offered(catalogue, held, &mut partners)?;
        }
        for (prepared, signers) in &order.prepared {
            let (id, role) = (prepared.role().to_owned(), prepared.published());
            let text = prepared.catalogue().unwrap_or_default();
            self.file(&format!("{id}/catalogue.json"), text.as_bytes().to_vec());
            self.outcome.signed.push((id.clone(), role.version()));
            self.keep(&id, &role, held.partner(&id));
            partners.signers.insert(id.clone(), signers.clone());
            partners.roles.insert(id, role);
        }
        self.renewed(order, held, &mut partners)?;
        Ok(partners)
    }

    fn offered(
        &mut self,
        catalogue: &Catalogue,
        held: &Held,
        partners: &mut Partners,
    ) -> Result<(), PublishError> {
        let id = &catalogue.partner;
        let signers = match partners.signers.get(id) {
            Some(signers) => signers.clone(),
            None => Authority::one(&self.keys.need(&key_name(id))?.public()),
        };
        let file = catalogue_file(id);
        let target = self.target(&file, catalogue)?;
        let body = json!({ "targets": { &file: target } });
        let role = self.partner(id, body, held.partner(id), &signers)?;
        partners.signers.insert(id.clone(), signers);
        partners.roles.insert(id.clone(), role);
        Ok(())
    }

    /// Signs anew what ages of those that are not published this time.
    fn renewed(
        &mut self,
        order: &Order<'_>,
        held: &Held,
        partners: &mut Partners,
    ) -> Result<(), PublishError> {
        for (id, role) in &mut partners.roles {
            let offered = order.catalogues.iter().any(|new| new.partner == *id)
                || order.prepared.iter().any(|(new, _)| new.role() == id);
            if let (false, Some(signers)) = (offered, partners.signers.get(id)) {
                *role = self.partner(id, body(&role.signed), held.partner(id), signers)?;
            }
        }
        Ok(())
    }

    fn partner(
        &mut self,
        id: &str,
        body: Value,
        held: Option<&Published>,
        signers: &Authority,
    ) -> Result<Published, PublishError> {
        let contents = Contents {
            name: id,
            kind: "targets",
            life: policy::TARGETS,
            body,
        };
        let role = self.role(&contents, held, std::slice::from_ref(signers))?;
        self.keep(id, &role, held);
        Ok(role)
    }
}

/// Who signs a partner's role today.
pub(super) fn signers(held: &Held, id: &str) -> Option<Authority> {
    Authority::delegated(&held.targets.as_ref()?.signed, id)
}

/// Name of the catalogue among targets.
pub(super) fn catalogue_file(id: &str) -> String {
    format!("{id}/catalogue.json")
}

/// Name of a partner's key.
pub(super) fn key_name(id: &str) -> String {
    format!("partner-{id}")
}

/// One role for each partner, which may speak for its own folder only.
pub(super) fn delegations(signers: &BTreeMap<String, Authority>) -> Value {
    let mut keys = BTreeMap::new();
    let mut roles = Vec::new();
    for (id, signers) in signers {
        keys.extend(signers.keys.clone());
        roles.push(json!({
            "name": id,
            "keyids": signers.ids(),
            "threshold": signers.threshold,
            "paths": [format!("{id}/*")],
            "terminating": true,
        }));
    }
    json!({ "keys": keys, "roles": roles })
}
