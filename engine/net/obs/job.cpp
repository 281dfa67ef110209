#include "net/obs/job.hpp"

#include <fmt/format.h>

#include <utility>

namespace tribune::net::obs {
namespace {

const Json* find(const Json& map, const char* name) {
    const auto at = map.find(name);
    return at == map.end() || at->is_null() ? nullptr : &*at;
}

Json copy_of(const Json& map, const char* name) {
    const Json* field = find(map, name);
    return field == nullptr ? Json() : *field;
}

Closing missing(const char* name) {
    return {CloseCode::missing_field, fmt::format("The field `{}` is missing.", name)};
}
Closing ill_typed(const char* name, std::string_view type) {
    return {CloseCode::wrong_type, fmt::format("The field `{}` must be {}.", name, type)};
}

Item item_of(const Json& request) {
    Item item;
    if (!request.is_object()) return item;
    const Json* type = find(request, "requestType");
    if (type != nullptr && type->is_string()) item.type = type->get<std::string>();
    item.id = copy_of(request, "requestId");
    item.data = copy_of(request, "requestData");
    item.inputs = copy_of(request, "inputVariables");
    item.outputs = copy_of(request, "outputVariables");
    return item;
}

Json status(const Item& item) {
    Json requested{{"requestType", item.type},
                   {"requestStatus", {{"result", item.reply.ok()}, {"code", static_cast<int>(item.reply.code)}}}};
    if (!item.id.is_null()) requested["requestId"] = item.id;
    if (!item.reply.comment.empty()) requested["requestStatus"]["comment"] = item.reply.comment;
    if (!item.reply.data.is_null()) requested["responseData"] = item.reply.data;
    return requested;
}

}  // namespace

std::variant<Job, Closing> parse_request(const Json& data) {
    const Json* type = find(data, "requestType");
    if (type == nullptr) return missing("requestType");
    if (!type->is_string()) return ill_typed("requestType", "a text");
    if (find(data, "requestId") == nullptr) return missing("requestId");
    Job job;
    job.items.push_back(item_of(data));
    return job;
}

std::variant<Job, Closing> parse_batch(const Json& data) {
    Job job;
    job.request_id = copy_of(data, "requestId");
    if (job.request_id.is_null()) return missing("requestId");
    const Json* requests = find(data, "requests");
    if (requests == nullptr) return missing("requests");
    if (!requests->is_array()) return ill_typed("requests", "a list");
    if (requests->size() > most_batch_items)
        return Closing{CloseCode::wrong_value, fmt::format("A batch takes at most {} requests.", most_batch_items)};
    job.execution = Execution::realtime;
    if (const Json* type = find(data, "executionType")) {
        if (!type->is_number_integer()) return ill_typed("executionType", "a whole number");
        constexpr Execution executions[] = {Execution::realtime, Execution::frame, Execution::parallel};
        const auto number = type->get<std::int64_t>();
        if (number < 0 || number >= std::ssize(executions))
            return Closing{CloseCode::wrong_value, "The field `executionType` must be 0, 1 or 2."};
        job.execution = executions[number];
    }
    if (const Json* halts = find(data, "haltOnFailure")) {
        if (!halts->is_boolean()) return ill_typed("haltOnFailure", "true or false");
        job.halts = halts->get<bool>();
    }
    if (const Json* variables = find(data, "variables")) {
        if (!variables->is_object()) return ill_typed("variables", "a map");
        job.variables = *variables;
    }
    for (const auto& request : *requests) job.items.push_back(item_of(request));
    const auto uses_variables = [](const Item& item) { return !item.inputs.is_null() || !item.outputs.is_null(); };
    if (job.execution == Execution::parallel &&
        (!job.variables.empty() || std::any_of(job.items.begin(), job.items.end(), uses_variables)))
        return Closing{CloseCode::unsupported, "Requests in parallel cannot share variables."};
    return job;
}

Json response(const Job& job) {
    if (job.execution == Execution::single) return message(Op::request_response, status(job.items.front()));
    Json results = Json::array();
    for (std::size_t i = 0; i < job.begun; ++i) results.push_back(status(job.items[i]));
    return message(Op::batch_response, {{"requestId", job.request_id}, {"results", std::move(results)}});
}

void read_variables(const Job& job, Item& item) {
    if (!item.inputs.is_object()) return;
    for (const auto& [field, variable] : item.inputs.items()) {
        if (!variable.is_string()) continue;
        const auto at = job.variables.find(variable.get_ref<const std::string&>());
        if (at == job.variables.end()) continue;
        if (!item.data.is_object()) item.data = Json::object();
        item.data[field] = *at;
    }
}

void write_variables(Job& job, const Item& item) {
    if (!item.outputs.is_object() || !item.reply.data.is_object()) return;
    for (const auto& [variable, field] : item.outputs.items()) {
        if (!field.is_string()) continue;
        const auto at = item.reply.data.find(field.get_ref<const std::string&>());
        if (at != item.reply.data.end()) job.variables[variable] = *at;
    }
}

}  // namespace tribune::net::obs
