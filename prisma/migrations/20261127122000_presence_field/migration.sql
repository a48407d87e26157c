-- AlterTable
ALTER TABLE "Presence" ADD COLUMN     "field" TEXT;
