-- WirePlumber 0.4: the least that links streams to the default sink.
components = {}

local function module (name, arguments)
  components[name] = { "libwireplumber-module-" .. name, type = "module", args = arguments }
end

local function script (name, arguments)
  components[name] = { name, type = "script/lua", args = arguments }
end

module ("default-nodes", { ["use-persistent-storage"] = false })
module ("default-nodes-api")
module ("si-node")
module ("si-audio-adapter")
module ("si-standard-link")
module ("si-audio-endpoint")
script ("create-item.lua", {})
script ("policy-node.lua", { ["move"] = true, ["follow"] = true })
