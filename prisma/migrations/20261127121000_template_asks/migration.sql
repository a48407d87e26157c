-- AlterTable
ALTER TABLE "Template" ADD COLUMN     "asks" TEXT[] DEFAULT ARRAY[]::TEXT[];
