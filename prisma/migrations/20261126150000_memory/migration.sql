-- AlterTable
ALTER TABLE "Layout" ADD COLUMN     "recordedAt" TIMESTAMP(3),
ADD COLUMN     "recordedVersion" INTEGER;

-- AlterTable
ALTER TABLE "Plan" ADD COLUMN     "purpose" JSONB;

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "purpose" JSONB;

-- AlterTable
ALTER TABLE "Snapshot" ADD COLUMN     "addresses" INTEGER,
ADD COLUMN     "pending" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "subnets" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "takenBy" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "vnets" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "zones" INTEGER NOT NULL DEFAULT 0,
ALTER COLUMN "runId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "IgnoredDrift" (
    "layoutId" TEXT NOT NULL,
    "clusterId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "where" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "IgnoredDrift_pkey" PRIMARY KEY ("layoutId","clusterId","key","where")
);

-- AddForeignKey
ALTER TABLE "IgnoredDrift" ADD CONSTRAINT "IgnoredDrift_layoutId_fkey" FOREIGN KEY ("layoutId") REFERENCES "Layout"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What each layout last brought to its cluster.
UPDATE "Layout" AS layout SET "recordedVersion" = last."layoutVersion", "recordedAt" = coalesce(last."endedAt", last."createdAt")
FROM (
  SELECT DISTINCT ON ("layoutId", "clusterId") "layoutId", "clusterId", "layoutVersion", "endedAt", "createdAt" FROM "Run"
  WHERE "committed" OR "state" = 'applied' ORDER BY "layoutId", "clusterId", "number" DESC
) AS last
WHERE last."layoutId" = layout."id" AND last."clusterId" = layout."clusterId";

-- What there is in each snapshot.
UPDATE "Snapshot" AS snapshot SET
  "takenBy" = run."actor",
  "zones" = (SELECT count(*) FROM jsonb_array_elements("entities") AS one WHERE one->>'kind' = 'zone'),
  "vnets" = (SELECT count(*) FROM jsonb_array_elements("entities") AS one WHERE one->>'kind' = 'vnet'),
  "subnets" = (SELECT count(*) FROM jsonb_array_elements("entities") AS one WHERE one->>'kind' = 'subnet'),
  "pending" = CASE WHEN jsonb_typeof("around"->'pending') = 'array' THEN jsonb_array_length("around"->'pending') ELSE 0 END,
  "addresses" = CASE WHEN jsonb_typeof("around"->'ipam') = 'array' THEN jsonb_array_length("around"->'ipam') END
FROM "Run" AS run WHERE run."id" = snapshot."runId";

ALTER TABLE "IgnoredDrift" ADD CONSTRAINT "IgnoredDrift_where_check" CHECK ("where" IN ('applied', 'pending'));
