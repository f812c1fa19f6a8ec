//! Which role may speak for a target (specification 5.6.7).

use std::collections::HashSet;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::client::{Client, Trusted, no_target};
use super::error::{Role, TrustError};
use super::keyring::Keys;
use super::roles::{Contents, Delegation, Delegations, TargetsRole};
use super::target::Target;
use super::transport::Transport;
use super::{glob, policy};

/// A delegated role still to be asked, with the keys its delegator gives it.
struct Step {
    delegation: Delegation,
    keys: Arc<Keys>,
}

impl<T: Transport + Sync> Client<T> {
    /// Looks a target up from the top-level role on.
    pub(super) async fn search(&self, trusted: &Trusted, name: &str) -> Result<Target, TrustError> {
        match listed(&trusted.targets, name) {
            Some(target) => Ok(target),
            None => {
                let steps = next_steps(trusted.targets.delegations.as_ref(), name);
                self.descend(trusted, steps, name).await
            }
        }
    }

    /// Looks a target up from one role of the top-level role's delegations on.
    pub(super) async fn search_from(
        &self,
        trusted: &Trusted,
        role: &str,
        name: &str,
    ) -> Result<Target, TrustError> {
        let mut steps = next_steps(trusted.targets.delegations.as_ref(), name);
        steps.retain(|step| step.delegation.name == role);
        self.descend(trusted, steps, name).await
    }

    /// 5.6.7: pre-order depth-first search. Steps are taken from the end.
    async fn descend(
        &self,
        trusted: &Trusted,
        mut steps: Vec<Step>,
        name: &str,
    ) -> Result<Target, TrustError> {
        // 5.6.7.1: no role is visited twice, and not too many.
        let mut visited = HashSet::new();
        while let Some(step) = steps.pop() {
            if !visited.insert(step.delegation.name.clone()) {
                continue;
            }
            if visited.len() > policy::DELEGATIONS_VISITED {
                return Err(TrustError::Limit {
                    what: "delegations visited",
                    limit: policy::DELEGATIONS_VISITED as u64,
                });
            }
            // A role is verified with the keys of the delegator it is reached through.
            let role = Role::Delegated(step.delegation.name.clone());
            let signers = &step.delegation.signers;
            let (targets, _) = self
                .update_targets(role, signers, &step.keys, &trusted.root, &trusted.snapshot)
                .await?;
            if let Some(target) = listed(&targets, name) {
                return Ok(target);
            }
            // 5.6.7.2.1: past a terminating delegation nothing else is asked.
            let further = next_steps(targets.delegations.as_ref(), name);
            if further.iter().any(|step| step.delegation.terminating) {
                steps.clear();
            }
            steps.extend(further);
        }
        Err(no_target(name))
    }
}

pub(super) fn listed(role: &TargetsRole, name: &str) -> Option<Target> {
    role.targets.get(name).map(|listed| Target {
        name: name.to_owned(),
        length: listed.length,
        hashes: listed.hashes.clone(),
        version: role.version(),
    })
}

/// The delegations that a target falls under, last first. Those after a terminating one are not
/// asked (5.6.7.2).
fn next_steps(delegations: Option<&Delegations>, name: &str) -> Vec<Step> {
    let Some(delegations) = delegations else {
        return Vec::new();
    };
    let keys = Arc::new(delegations.keys.clone());
    let mut steps = Vec::new();
    for delegation in delegations.roles.iter().filter(|role| covers(role, name)) {
        steps.push(Step {
            delegation: delegation.clone(),
            keys: Arc::clone(&keys),
        });
        if delegation.terminating {
            break;
        }
    }
    steps.reverse();
    steps
}

fn covers(delegation: &Delegation, name: &str) -> bool {
    let by_pattern = delegation.paths.iter().flatten();
    let by_hash = delegation.path_hash_prefixes.iter().flatten();
    let digest = hex::encode(Sha256::digest(name));
    by_pattern.into_iter().any(|path| glob::matches(path, name))
        || by_hash.into_iter().any(|prefix| digest.starts_with(prefix))
}
