# Runs a keeper and, if it was killed or failed, the janitor. A shell waits, for a janitor of Node's size would be a burden
# on every run. What the keeper writes to standard output is the address of the engine that it uses.
# Arguments: Node, the workspace's root, the keeper's name.
node=$1
folder=${0%/*}
shift
engine=$("$node" --disable-warning=ExperimentalWarning "$folder/keeper.ts" "$@")
status=$?
[ "$status" -eq 0 ] || "$node" --disable-warning=ExperimentalWarning "$folder/janitor.ts" "$@" "$engine"
exit "$status"
