# Runs a daemon and, if it was killed or failed, the clean-up. A shell waits, for a clean-up of Node's size would be a burden
# on every run; and it makes the daemon's directory, for whoever starts it may be killed at any moment.
# What the daemon writes to standard output is the address of the engine that it uses.
# Arguments: Node, the ending of its programs, the daemon's directory, the workspace's root, the daemon's name.
node=$1 ending=$2 state=$3
folder=${0%/*}
shift 3
PATH=$PATH:/usr/bin:/bin mkdir -m 700 "$state" 2>/dev/null
exec 3>&2
if [ -O "$state" ] && [ ! -L "$state" ]; then exec 2>>"$state/daemon.log"; fi
engine=$("$node" --disable-warning=ExperimentalWarning "$folder/server-daemon$ending" "$@" 3>&-)
status=$?
if [ "$status" -ne 0 ]; then
  PATH=$PATH:/usr/bin:/bin tail -n 20 "$state/daemon.log" >&3 2>/dev/null
  "$node" --disable-warning=ExperimentalWarning "$folder/daemon-cleanup$ending" "$@" "$engine" 3>&-
fi
exit "$status"
