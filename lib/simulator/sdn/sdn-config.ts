import { IndexedSections, type Sections } from "@/lib/simulator/sdn/indexed-sections";
import { SectionFile } from "@/lib/simulator/sdn/section-file";

/** The collections that an apply commits and a rollback restores. */
export const committedCollections = ["zones", "vnets", "subnets", "controllers", "fabrics", "fabricNodes"] as const;
export type CommittedCollection = (typeof committedCollections)[number];

/** What the last apply committed. */
export interface RunningConfig {
  readonly version: number;
  readonly collections: Readonly<Record<CommittedCollection, Sections>>;
}

/** The edited configuration, one file per collection. Ipams and DNS servers have no pending state. */
export type SdnFiles = Readonly<Record<CommittedCollection | "ipams" | "dns", SectionFile>>;

/** Empty files, with the built-in ipam `pve`. */
export function emptySdnFiles(): SdnFiles {
  const ipams = new SectionFile();
  ipams.put("pve", { type: "pve" }, {});
  return {
    zones: new SectionFile(),
    vnets: new SectionFile(),
    subnets: new SectionFile(),
    controllers: new SectionFile(),
    fabrics: new SectionFile(),
    fabricNodes: new SectionFile(),
    ipams,
    dns: new SectionFile(),
  };
}

const nothing: Sections = new IndexedSections();

/** The committed objects of one collection; empty before the first apply. */
export function committed(running: RunningConfig | undefined, collection: CommittedCollection): Sections {
  return running?.collections[collection] ?? nothing;
}
