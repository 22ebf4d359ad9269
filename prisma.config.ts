/** Where Prisma's own tools find the schema and the migrations. The program never reads this file. */
import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
