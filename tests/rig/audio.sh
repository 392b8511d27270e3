# SPDX-License-Identifier: GPL-3.0-or-later
# The private PipeWire of with-audio, which sources this. Its folder is $RIG_AUDIO.

audio_check ()
{
  rig_need pipewire pipewire pipewire pipewire
  rig_need pw-cli pipewire-bin pipewire-utils pipewire
  rig_need pw-metadata pipewire-bin pipewire-utils pipewire
  rig_need wireplumber wireplumber wireplumber wireplumber
  rig_need setpriv util-linux util-linux util-linux
}

audio_daemon_ready ()
{
  [ -S "$PIPEWIRE_RUNTIME_DIR/pipewire-0" ] && pw-cli info rig-sink
}

audio_manager_ready ()
{
  pw-metadata 0 default.audio.sink | grep -q rig-sink
}

audio_start_daemon ()
{
  rm -f "$PIPEWIRE_RUNTIME_DIR"/pipewire-0*
  sed -e "s/@RATES@/${RIG_RATES:-44100 48000 96000}/" -e "s/@RATE@/${RIG_RATE:-48000}/" \
    -e "s/@QUANTUM@/${RIG_QUANTUM:-256}/" -e "s/@LOGLEVEL@/${RIG_LOG_LEVEL:-2}/" \
    "$RIG_DIR/conf/pipewire.conf.in" >"$RIG_AUDIO/pipewire.conf"
  rig_spawn "$RIG_AUDIO/pipewire.log" pipewire -c "$RIG_AUDIO/pipewire.conf"
  audio_daemon=$!
  rig_wait 10 audio_daemon_ready || {
    cat "$RIG_AUDIO/pipewire.log" >&2
    return 1
  }
}

# 0.4 is configured by Lua files of our own; 0.5 brings a profile that only links.
audio_start_manager ()
{
  case $(wireplumber --version) in
    *libwireplumber\ 0.4.*)
      rig_spawn "$RIG_AUDIO/wireplumber.log" \
        env WIREPLUMBER_CONFIG_DIR="$RIG_DIR/conf/wireplumber-0.4" \
        XDG_STATE_HOME="$RIG_AUDIO/state" wireplumber
      ;;
    *)
      rig_spawn "$RIG_AUDIO/wireplumber.log" \
        env XDG_STATE_HOME="$RIG_AUDIO/state" wireplumber --profile=policy
      ;;
  esac
  audio_manager=$!
  rig_wait 10 audio_manager_ready || {
    cat "$RIG_AUDIO/wireplumber.log" >&2
    return 1
  }
}

audio_start ()
{
  audio_start_daemon || return 1
  [ "${RIG_SESSION_MANAGER:-1}" = 0 ] || audio_start_manager || return 1
  : >"$RIG_AUDIO/running"
}

audio_stop ()
{
  [ -z "$audio_manager" ] || rig_stop "$audio_manager"
  [ -z "$audio_daemon" ] || rig_stop "$audio_daemon"
  audio_manager='' audio_daemon=''
  rm -f "$RIG_AUDIO/running"
}

# The daemon dies without a word to its clients.
audio_crash ()
{
  [ -z "$audio_daemon" ] || kill -KILL "$audio_daemon" 2>/dev/null
  audio_stop
}
