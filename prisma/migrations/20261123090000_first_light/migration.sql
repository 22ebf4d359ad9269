-- CreateTable
CREATE TABLE "JournalEntry" (
    "seq" INTEGER NOT NULL PRIMARY KEY,
    "ts" REAL NOT NULL,
    "hostMs" REAL NOT NULL,
    "type" TEXT NOT NULL,
    "body" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Fact" (
    "seq" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,
    "ts" REAL NOT NULL,
    "type" TEXT NOT NULL,
    "cycleId" TEXT,
    "symbol" TEXT,
    "body" TEXT NOT NULL,

    PRIMARY KEY ("seq", "n"),
    CONSTRAINT "Fact_seq_fkey" FOREIGN KEY ("seq") REFERENCES "JournalEntry" ("seq") ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- CreateTable
CREATE TABLE "Cycle" (
    "cycleId" TEXT NOT NULL PRIMARY KEY,
    "symbol" TEXT NOT NULL,
    "localSymbol" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "strategy" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "signalId" TEXT,
    "phase" TEXT NOT NULL,
    "outcome" TEXT,
    "side" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "reasons" TEXT NOT NULL,
    "confidence" REAL,
    "entryPrice" REAL,
    "exitPrice" REAL,
    "stopPrice" REAL,
    "targetPrice" REAL,
    "openedTs" REAL NOT NULL,
    "filledTs" REAL,
    "closedTs" REAL,
    "realizedMicros" REAL,
    "commissionMicros" REAL NOT NULL,
    "maeTicks" REAL NOT NULL,
    "mfeTicks" REAL NOT NULL,
    "rMultiple" REAL,
    "protectedAfterMs" REAL
);

-- CreateTable
CREATE TABLE "Bar" (
    "symbol" TEXT NOT NULL,
    "ts" REAL NOT NULL,
    "openTicks" INTEGER NOT NULL,
    "highTicks" INTEGER NOT NULL,
    "lowTicks" INTEGER NOT NULL,
    "closeTicks" INTEGER NOT NULL,
    "volume" REAL NOT NULL,

    PRIMARY KEY ("symbol", "ts")
);

-- CreateTable
CREATE TABLE "Snapshot" (
    "seq" INTEGER NOT NULL PRIMARY KEY,
    "engineVersion" TEXT NOT NULL,
    "hostMs" REAL NOT NULL,
    "body" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Lease" (
    "account" TEXT NOT NULL PRIMARY KEY,
    "holder" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "host" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "renewedHostMs" REAL NOT NULL
);

-- CreateIndex
CREATE INDEX "Fact_cycleId_seq_n_idx" ON "Fact"("cycleId", "seq", "n");

-- CreateIndex
CREATE INDEX "Cycle_openedTs_cycleId_idx" ON "Cycle"("openedTs", "cycleId");

-- CreateIndex
CREATE INDEX "Cycle_symbol_openedTs_idx" ON "Cycle"("symbol", "openedTs");

-- CreateIndex
CREATE INDEX "Cycle_phase_openedTs_idx" ON "Cycle"("phase", "openedTs");

-- CreateIndex
CREATE INDEX "Cycle_closedTs_idx" ON "Cycle"("closedTs");
