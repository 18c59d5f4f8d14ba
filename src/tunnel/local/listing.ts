/**
 * Lists what listens, for a person to read, on a machine where we do not run: by the one of the two programs that it
 * has. `sh`, because nobody knows which shell is the user's there.
 */
export const plainListing = "sh -c 'if command -v ss >/dev/null; then ss -ltnp; else lsof -nP -iTCP -sTCP:LISTEN; fi'";
