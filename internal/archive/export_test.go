package archive

// Noise is for external tests.
var Noise = noise
