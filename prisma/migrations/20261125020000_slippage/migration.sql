-- AlterTable
ALTER TABLE "Cycle" ADD COLUMN "entrySlippageTicks" REAL;
ALTER TABLE "Cycle" ADD COLUMN "entrySlippageMicros" REAL;
ALTER TABLE "Cycle" ADD COLUMN "exitSlippageTicks" REAL;
ALTER TABLE "Cycle" ADD COLUMN "exitSlippageMicros" REAL;
