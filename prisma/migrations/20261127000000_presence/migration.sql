-- CreateTable
CREATE TABLE "Presence" (
    "id" TEXT NOT NULL,
    "layoutId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "cursor" TEXT,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Presence_pkey" PRIMARY KEY ("layoutId","id")
);

-- AddForeignKey
ALTER TABLE "Presence" ADD CONSTRAINT "Presence_layoutId_fkey" FOREIGN KEY ("layoutId") REFERENCES "Layout"("id") ON DELETE CASCADE ON UPDATE CASCADE;
