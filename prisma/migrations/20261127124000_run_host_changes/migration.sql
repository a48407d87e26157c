-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "hostChanges" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "hostNodes" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "records" BOOLEAN NOT NULL DEFAULT false;

-- The plans of earlier runs tell it too.
UPDATE "Run" SET
  "hostNodes" = ARRAY(SELECT host->>'node' FROM jsonb_array_elements("Plan"."plan"->'hosts') AS host),
  "hostChanges" = (
    SELECT COALESCE(SUM(jsonb_array_length(host->'changes')), 0)
    FROM jsonb_array_elements("Plan"."plan"->'hosts') AS host)
FROM "Plan"
WHERE "Plan"."id" = "Run"."planId" AND jsonb_typeof("Plan"."plan"->'hosts') = 'array';

UPDATE "Run" SET "records" = true
FROM "Plan"
WHERE "Plan"."id" = "Run"."planId" AND "Plan"."plan"->'records' = 'true'::jsonb;
