package sample

// iot returns the source whose sample is what a rule of IoT sends: the message of a device, with any fields.
func iot() source {
	return source{"iot", func(service) any {
		return object{"device": "sensor-1", "temperature": 21.5, "timestamp": int64(millis)}
	}}
}
