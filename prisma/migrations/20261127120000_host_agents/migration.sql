-- CreateTable
CREATE TABLE "HostAgent" (
    "clusterId" TEXT NOT NULL,
    "node" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "user" TEXT NOT NULL,
    "hostKey" TEXT,
    "sealedKey" TEXT,
    "publicKey" TEXT,
    "state" JSONB,
    "stateAt" TIMESTAMP(3),
    "revision" INTEGER NOT NULL DEFAULT 0,
    "report" JSONB,
    "reportAt" TIMESTAMP(3),
    "contactAt" TIMESTAMP(3),
    "leases" JSONB,
    "leasesAt" TIMESTAMP(3),
    "failure" JSONB,
    "failureAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "HostAgent_pkey" PRIMARY KEY ("clusterId","node")
);

-- CreateTable
CREATE TABLE "Installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "owner" TEXT NOT NULL,

    CONSTRAINT "Installation_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "HostAgent" ADD CONSTRAINT "HostAgent_clusterId_fkey" FOREIGN KEY ("clusterId") REFERENCES "Cluster"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- There is one installation, and what an agent would refuse is never kept.
ALTER TABLE "Installation" ADD CONSTRAINT "Installation_one_check" CHECK ("id" = 1);
ALTER TABLE "Installation" ADD CONSTRAINT "Installation_owner_check" CHECK ("owner" ~ '^[a-z0-9-]{8,64}$');

ALTER TABLE "HostAgent" ADD CONSTRAINT "HostAgent_mode_check" CHECK ("mode" IN ('ssh', 'bundle'));
-- A key is only ever shown to a server whose host key is pinned.
ALTER TABLE "HostAgent" ADD CONSTRAINT "HostAgent_ssh_check"
  CHECK ("mode" <> 'ssh' OR ("hostKey" IS NOT NULL AND "sealedKey" IS NOT NULL AND "publicKey" IS NOT NULL));
