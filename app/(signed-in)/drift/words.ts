export const DRIFT_DESCRIPTION =
  "What somebody changed in a cluster since a layout was last applied or imported. Nothing in Proxmox heals by itself: adopt it, put it back, or leave it.";
