// Values to JSON and back: one declaration of fields an entity (show/fields.hpp) serves the journal (CBOR),
// the wire, the pages and the schema.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "show/actual.hpp"
#include "show/command.hpp"
#include "show/state.hpp"

namespace tribune {

// {"kind": "cut", "source": "cam1", "faces": []}. Decoding refuses unknown kinds, unknown, missing or
// ill-typed fields with bad_command and says which.
nlohmann::json encode(const Command& command);
Result<Command> decode_command(const nlohmann::json& json);

nlohmann::json encode(const Record& record);
Result<Record> decode_record(const nlohmann::json& json);

// The whole state, voices included: snapshots only.
nlohmann::json encode(const ShowState& state);
Result<ShowState> decode_state(const nlohmann::json& json);

// Without voices: the pictures alone.
nlohmann::json encode(const Stage& stage);
Result<Stage> decode_stage(const nlohmann::json& json);

nlohmann::json encode(const Actor& actor);
Result<Actor> decode_actor(const nlohmann::json& json);

nlohmann::json encode(const Actual& actual);
Result<Actual> decode_actual(const nlohmann::json& json);
nlohmann::json encode(const SoundLevels& levels);
Result<SoundLevels> decode_sound_levels(const nlohmann::json& json);
nlohmann::json encode(const SourceHealth& health);
Result<SourceHealth> decode_source_health(const nlohmann::json& json);

nlohmann::json encode(const SourceConfig& config);
Result<SourceConfig> decode_source_config(const nlohmann::json& json);

nlohmann::json encode(const RecordingSetup& setup);
Result<RecordingSetup> decode_recording_setup(const nlohmann::json& json);

nlohmann::json encode(const Transport& transport);
Result<Transport> decode_transport(const nlohmann::json& json);

nlohmann::json encode(const Contribution& contribution);
nlohmann::json encode(const Binding& binding);
std::string_view to_string(ContributionKind kind);
std::optional<ContributionKind> parse_contribution_kind(std::string_view text);

// What a desk sees: setup, stage, rounds and counts, without the voices' texts.
nlohmann::json desk_view(const ShowState& state);
// What a table or phone sees: title, language, the open round, notice and bell.
nlohmann::json room_view(const ShowState& state);
// Who sits where now and next: [[person, …] a table, …], null where nothing is planned.
nlohmann::json seating_view(const ShowState& state);

// JSON Schema (2020-12) of every command.
nlohmann::json command_schema();

// Binary form for sockets and the journal (CBOR), and back; ill-formed or too deeply nested bytes give bad_bytes.
std::string pack(const nlohmann::json& json);
Result<nlohmann::json> unpack(std::string_view bytes);

}  // namespace tribune
