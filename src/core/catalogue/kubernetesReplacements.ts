/** Fields that a cluster, Helm or Compose cannot change in place: it refuses, or what was there is left or deleted. */
export const kubernetesReplacements = `
kubernetes_stateful_set spec.service_name spec.pod_management_policy spec.selector.match_labels.* spec.volume_claim_templates.*
kubernetes_persistent_volume_claim spec.storage_class_name spec.volume_name spec.volume_mode spec.access_modes
kubernetes_persistent_volume spec.storage_class_name spec.volume_mode spec.csi.volume_handle spec.host_path.path spec.nfs.path spec.nfs.server spec.local.path
kubernetes_storage_class provisioner parameters.* volume_binding_mode
kubernetes_deployment spec.selector.match_labels.*
kubernetes_daemon_set spec.selector.match_labels.*
kubernetes_overlay namespace name_prefix name_suffix
helm_values fullname_override name_override persistence.existing_claim persistence.storage_class
compose_volume volume.name volume.driver
compose_project name
`;
