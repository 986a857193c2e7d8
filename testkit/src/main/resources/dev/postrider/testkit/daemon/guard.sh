# Runs "$@" for as long as this script's standard input is open, then kills its whole process group.
#
# The JVM holds the other end of that pipe, so the daemon ends when the JVM closes it and also when the JVM dies
# without running a shutdown hook. KILL, because it also ends a paused daemon, and because that is how a server goes
# down: Postfix's queue survives it.

exec 3<&0
setsid "$@" </dev/null 3<&- &
daemon=$!

# Ctrl-C in a terminal reaches the guard too: it leaves the end to the pipe.
trap '' HUP INT TERM
{ read -r _; kill -KILL "-$daemon"; } <&3 3<&- 2>/dev/null &
watch=$!
exec 3<&-

wait "$daemon" 2>/dev/null
status=$?
kill -KILL "$watch" 2>/dev/null
exit $status
