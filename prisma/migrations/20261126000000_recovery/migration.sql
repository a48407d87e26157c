-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "accepted" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "task" JSONB;

-- AlterTable
ALTER TABLE "Snapshot" ADD COLUMN     "around" JSONB;
