# One image for every process; the command chooses (see docker-compose.yml).
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY apps/api/package.json apps/api/package.json
COPY apps/collector/package.json apps/collector/package.json
COPY apps/console/package.json apps/console/package.json
COPY libs libs
COPY tools tools
COPY e2e/package.json e2e/package.json
RUN npm ci --no-audit --no-fund
COPY . .
ENV NX_DAEMON=false
RUN npx nx run-many -t build --output-style=static && npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim AS run
ENV NODE_ENV=production LISTEN_HOST=0.0.0.0
WORKDIR /app
COPY --from=build --chown=node:node /app /app
# A volume that is mounted here takes over the owner.
RUN mkdir -p /var/lib/throughline && chown node:node /var/lib/throughline
USER node
EXPOSE 4000 4317 4318
# Of the default command; docker-compose.yml states that of every other process.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4000/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "./libs/observability/dist/register.js", "apps/api/dist/main.js"]
