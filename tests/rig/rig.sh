# SPDX-License-Identifier: GPL-3.0-or-later
# What with-audio and with-desktop share; sourced by them. $RIG_NAME is who speaks.

# rig_fail STATUS MESSAGE...
rig_fail ()
{
  rig_status=$1
  shift
  echo "$RIG_NAME: $*" >&2
  exit "$rig_status"
}

# rig_need PROGRAM DEBIAN FEDORA ARCH: a program that is missing is a failure, never a skip.
rig_need ()
{
  command -v "$1" >/dev/null 2>&1 ||
    rig_fail 125 "“$1” is not installed (package: $2 on Debian, $3 on Fedora, $4 on Arch)"
}

# rig_wait SECONDS COMMAND...: asks every 10 ms until COMMAND succeeds.
rig_wait ()
{
  rig_tries=$(($1 * 100))
  shift
  until "$@" >/dev/null 2>&1; do
    rig_tries=$((rig_tries - 1))
    if [ "$rig_tries" -le 0 ]; then
      echo "$RIG_NAME: timed out: $*" >&2
      return 1
    fi
    sleep 0.01
  done
}

# rig_spawn LOG COMMAND...: a daemon that dies with this shell, even when that gets SIGKILL.
rig_spawn ()
{
  rig_log=$1
  shift
  setpriv --pdeathsig KILL "$@" >>"$rig_log" 2>&1 </dev/null &
}

# A child that has ended stays a zombie until it is waited for.
rig_alive ()
{
  read -r _ _ rig_state _ 2>/dev/null <"/proc/$1/stat" && [ "$rig_state" != Z ]
}

# rig_stop PID: SIGTERM, and SIGKILL after 2 seconds.
rig_stop ()
{
  kill "$1" 2>/dev/null || return 0
  rig_tries=200
  while rig_alive "$1" && [ "$rig_tries" -gt 0 ]; do
    rig_tries=$((rig_tries - 1))
    sleep 0.01
  done
  kill -KILL "$1" 2>/dev/null
  wait "$1" 2>/dev/null
  return 0
}

# A home and a runtime folder for CMD that hold nothing of the user's; with-audio inside
# with-desktop, or the other way round, share them.
rig_private_home ()
{
  [ -z "$RIG_HOME" ] || return 0
  mkdir -m 700 "$1/run" "$1/home"
  RIG_HOME=$1/home
  HOME=$RIG_HOME
  XDG_RUNTIME_DIR=$1/run
  export RIG_HOME HOME XDG_RUNTIME_DIR
  unset XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME XDG_DATA_HOME
}

# rig_run CMD...: runs CMD in a process group of its own and gives its exit status. A signal that
# this shell handles does not end the wait.
rig_run ()
{
  exec 3<&0 # a shell without job control gives background jobs /dev/null
  setpriv --pdeathsig TERM setsid "$@" <&3 3<&- &
  RIG_CMD=$!
  exec 3<&-
  while :; do
    wait "$RIG_CMD"
    rig_status=$?
    kill -0 "$RIG_CMD" 2>/dev/null || return "$rig_status"
  done
}

# CMD and whatever it has left behind in its process group.
rig_end_command ()
{
  [ -z "$RIG_CMD" ] || kill -- "-$RIG_CMD" 2>/dev/null
  RIG_CMD=
}

# rig_on_exit FUNCTION: FUNCTION runs once at the end, whatever ends this shell but SIGKILL.
rig_on_exit ()
{
  trap "rig_status=\$?; trap - EXIT; trap '' HUP INT TERM; $1; exit \$rig_status" EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}
