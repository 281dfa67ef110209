// The fields of what belongs to sound; a part of show/fields.hpp.
#pragma once

#include "show/fields.hpp"

namespace tribune {

inline constexpr EnumRow<SoundFollow> sound_follows[] = {
    {SoundFollow::off, "off"}, {SoundFollow::with, "with"}, {SoundFollow::always, "always"}};
constexpr std::span<const EnumRow<SoundFollow>> names_of(SoundFollow) { return sound_follows; }

template <class V, Is<SoundChannel> T>
void fields(V& v, T& e) {
    v("gain_db", e.gain_db, "-100 to 20.");
    v("mute", e.mute, "Not heard on master.");
    v("solo", e.solo, "Heard on the monitor, which then hears nothing but solos.");
    v("pan", e.pan, "-1 left, 1 right.");
    v("delay_ms", e.delay_ms, "0 to 2,000, beyond being in step with its pictures.");
    v("follow", e.follow, "off, with (while program shows it) or always.");
}
template <class V, Is<SoundMaster> T>
void fields(V& v, T& e) {
    v("gain_db", e.gain_db, "-100 to 20.");
    v("mute", e.mute, "Nothing is heard.");
    v("limiter", e.limiter, "Peaks stay under -1 dBFS.");
}
template <class V, Is<SoundDesk> T>
void fields(V& v, T& e) {
    v("channels", e.channels, "Those that were touched.");
    v("master", e.master, "What the hall hears.");
    v("bell", e.bell, "Show time when it was last rung, or null.");
}
template <class V, Is<SoundOutputSetup> T>
void fields(V& v, T& e) {
    v("name", e.name, "Name of the output.");
    v("bus", e.bus, "master or monitor.");
    v("kind", e.kind, "none, device or shared.");
    v("device", e.device, "The device's name; empty: the system's own choice.", optional_field);
}

template <class V, Is<SetChannel> T>
void fields(V& v, T& e) {
    v("source", e.source, "Whose sound.");
    v("gain_db", e.gain_db, "-100 to 20.", optional_field);
    v("mute", e.mute, "Not heard on master.", optional_field);
    v("solo", e.solo, "Heard on the monitor, which then hears nothing but solos.", optional_field);
    v("pan", e.pan, "-1 left, 1 right.", optional_field);
    v("delay_ms", e.delay_ms, "0 to 2,000.", optional_field);
    v("follow", e.follow, "off, with (while program shows it) or always.", optional_field);
}
template <class V, Is<SetMaster> T>
void fields(V& v, T& e) {
    v("gain_db", e.gain_db, "-100 to 20.", optional_field);
    v("mute", e.mute, "Nothing is heard.", optional_field);
    v("limiter", e.limiter, "Peaks stay under -1 dBFS.", optional_field);
}
template <class V, Is<RingBell> T>
void fields(V&, T&) {}

template <class V, Is<SoundOutputHealth> T>
void fields(V& v, T& e) {
    v("name", e.name, "The output.");
    v("bus", e.bus, "What it plays.");
    v("kind", e.kind, "Its kind.");
    v("state", e.state, "ok or lost.");
    v("detail", e.detail, "The device, or the reason.");
    v("latency_ms", e.latency_ms, "From mixing to hearing.");
    v("breaks", e.breaks, "Ran dry, or had too much.");
}
template <class V, Is<ChannelLevel> T>
void fields(V& v, T& e) {
    v("source", e.source, "The source.");
    v("sounding", e.sounding, "Sound comes.");
    v("peak_left_db", e.peak_left_db, "dBFS before the fader, since the last report.");
    v("peak_right_db", e.peak_right_db, "The same of the right side.");
    v("rms_db", e.rms_db, "Power of both sides.");
    v("presence", e.presence, "What following the picture leaves of it.");
    v("late_ms", e.late_ms, "Against its pictures.");
    v("ran_out", e.ran_out, "Times that sound had not come when due.");
    v("jumps", e.jumps, "Times that it was too far off.");
}
template <class V, Is<SoundLevels> T>
void fields(V& v, T& e) {
    v("channels", e.channels, "Sources with sound.");
    v("master_left_db", e.master_left_db, "Peak, dBFS.");
    v("master_right_db", e.master_right_db, "Peak, dBFS.");
    v("monitor_left_db", e.monitor_left_db, "Peak, dBFS.");
    v("monitor_right_db", e.monitor_right_db, "Peak, dBFS.");
    v("limiter_db", e.limiter_db, "Taken away by the limiter.");
    v("momentary_lufs", e.momentary_lufs, "Loudness of 400 ms.");
    v("short_term_lufs", e.short_term_lufs, "Loudness of 3 s.");
    v("integrated_lufs", e.integrated_lufs, "Loudness since the start.");
    v("true_peak_db", e.true_peak_db, "Highest true peak since the start.");
}

}  // namespace tribune
