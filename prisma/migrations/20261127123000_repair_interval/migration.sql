-- AlterTable
ALTER TABLE "HostAgent" ADD COLUMN     "repairSeconds" INTEGER NOT NULL DEFAULT 60;
