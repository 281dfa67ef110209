#include "sound/mixer.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sound/bell.hpp"

namespace tribune {
namespace {

constexpr std::size_t most_strikes = 4;  // that ring on together

SideGains scaled(SideGains gains, double by) {
    const auto factor = static_cast<float>(by);
    return {gains.left * factor, gains.right * factor};
}

// Adds samples with gains that move evenly from `from` to `to`.
void add(Mixer::Block& out, const Mixer::Block& in, SideGains from, SideGains to) {
    const float left_step = (to.left - from.left) / Mixer::block_samples;
    const float right_step = (to.right - from.right) / Mixer::block_samples;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto n = static_cast<float>(i + 1);
        out[i].left += in[i].left * (from.left + left_step * n);
        out[i].right += in[i].right * (from.right + right_step * n);
    }
}

bool silent(SideGains a, SideGains b) { return a.left == 0 && a.right == 0 && b.left == 0 && b.right == 0; }

}  // namespace

SideGains pan_gains(double pan) {
    const double angle = (std::clamp(pan, -1.0, 1.0) + 1) * std::numbers::pi / 4;
    return {static_cast<float>(std::numbers::sqrt2 * std::cos(angle)),
            static_cast<float>(std::numbers::sqrt2 * std::sin(angle))};
}

Mixer::Mixer() : bell_(make_bell()) {}

void Mixer::push(const SourceName& source, const SoundBlock& block) { channels_[source].line.push(block); }

void Mixer::set_clock(const SourceName& source, Nanoseconds offset) {
    Channel& channel = channels_[source];
    channel.line.set_clock(offset);
    channel.has_clock = true;
}

void Mixer::strike_bell(MonotonicTime at) {
    if (strikes_.size() == most_strikes) strikes_.erase(strikes_.begin());
    strikes_.push_back(at);
}

const Mixer::Buses& Mixer::mix(const MixSettings& settings, MonotonicTime heard) {
    // What goes into the limiter now comes out a little later.
    const MonotonicTime due = heard + sound_length(Limiter::look_ahead);
    std::erase_if(channels_, [&](const auto& c) { return !settings.channels.contains(c.first); });
    buses_.master.fill({});
    solo_.fill({});
    bool any_solo = false;
    for (const auto& [source, channel] : settings.channels) {
        any_solo = any_solo || channel.solo;
        if (const auto at = channels_.find(source); at != channels_.end())
            add_channel(at->second, channel, due, settings.picture_lag);
    }
    add_bell(due);

    const float gain = settings.master_mute ? 0.0F : static_cast<float>(gain_from_db(settings.master_gain_db));
    const float step = (gain - master_gain_) / block_samples;
    for (auto& sample : buses_.master) {
        master_gain_ += step;
        sample.left *= master_gain_;
        sample.right *= master_gain_;
    }
    master_gain_ = gain;
    limiter_.run(buses_.master, settings.limiter);

    const float share = any_solo ? 1.0F : 0.0F;
    const float share_step = (share - solo_share_) / block_samples;
    for (std::size_t i = 0; i < block_samples; ++i) {
        solo_share_ += share_step;
        const auto blend = [this](float solo, float master) {
            return std::clamp(solo * solo_share_ + master * (1 - solo_share_), -1.0F, 1.0F);
        };
        buses_.monitor[i] = {blend(solo_[i].left, buses_.master[i].left),
                             blend(solo_[i].right, buses_.master[i].right)};
    }
    solo_share_ = share;

    master_meter_.add(buses_.master);
    monitor_meter_.add(buses_.monitor);
    loudness_.add(buses_.master);
    return buses_;
}

void Mixer::add_channel(Channel& channel, const ChannelSettings& settings, MonotonicTime due, Nanoseconds lag) {
    channel.sounding = channel.has_clock && channel.line.pull(one_, due, lag + settings.delay);
    const SideGains fader = scaled(pan_gains(settings.pan), gain_from_db(settings.gain_db));
    const SideGains to_master = scaled(fader, settings.mute ? 0 : std::clamp(settings.presence, 0.0, 1.0));
    const SideGains to_solo = scaled(fader, settings.solo ? 1 : 0);
    if (channel.sounding) {
        channel.meter.add(one_);
        if (!silent(channel.to_master, to_master)) add(buses_.master, one_, channel.to_master, to_master);
        if (!silent(channel.to_solo, to_solo)) add(solo_, one_, channel.to_solo, to_solo);
    } else {
        channel.meter.add_silence(block_samples);
    }
    channel.to_master = to_master;
    channel.to_solo = to_solo;
}

void Mixer::add_bell(MonotonicTime due) {
    const auto length = static_cast<std::int64_t>(bell_.size());
    std::erase_if(strikes_, [&](MonotonicTime at) { return samples_in(due - at) >= static_cast<double>(length); });
    for (const MonotonicTime at : strikes_) {
        const auto first = static_cast<std::int64_t>(std::llround(samples_in(due - at)));
        for (std::size_t i = 0; i < block_samples; ++i) {
            const std::int64_t n = first + static_cast<std::int64_t>(i);
            if (n < 0 || n >= length) continue;
            buses_.master[i].left += bell_[static_cast<std::size_t>(n)].left;
            buses_.master[i].right += bell_[static_cast<std::size_t>(n)].right;
        }
    }
}

MixReport Mixer::report() {
    MixReport report;
    for (auto& [source, channel] : channels_) {
        report.channels.push_back(
            {source, channel.meter.take(), channel.sounding, channel.line.lateness(), channel.line.counters()});
    }
    report.master = master_meter_.take();
    report.monitor = monitor_meter_.take();
    report.loudness = loudness_.now();
    report.reduction_db = limiter_.take_reduction_db();
    return report;
}

}  // namespace tribune
