package commandline

// OriginalFunctions is the command of the deploy program that describes the functions of an unchanged application of
// the original Sparta, for local runs.
const OriginalFunctions = "original-functions"
