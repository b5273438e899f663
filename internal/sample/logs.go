package sample

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// logs returns the source whose sample is two lines of a log group, which CloudWatch Logs sends compressed.
func logs() source {
	return source{"logs", func(s service) any {
		group, filter := "/aws/lambda/"+s.name+"-"+s.function, s.name
		filters, _ := s.permission("CloudWatchLogsPermission")["filters"].(object)
		if names := sorted(filters); len(names) > 0 {
			filter = names[0]
			fields, _ := filters[filter].(object)
			group = s.resource(fields["logGroupName"], "/aws/lambda/"+s.name)
		}
		lines, err := plainjson.Marshal(object{
			"messageType":         "DATA_MESSAGE",
			"owner":               account,
			"logGroup":            group,
			"logStream":           "2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef",
			"subscriptionFilters": []string{filter},
			"logEvents":           []any{line("1", "ERROR one"), line("2", "ERROR two")},
		})
		if err != nil {
			return nil
		}
		var packed bytes.Buffer
		writer := gzip.NewWriter(&packed)
		_, _ = writer.Write(lines) // a buffer accepts everything
		_ = writer.Close()
		return object{"awslogs": object{"data": base64.StdEncoding.EncodeToString(packed.Bytes())}}
	}}
}

func line(number, message string) object {
	return object{"id": "3698352057145" + number, "timestamp": int64(millis), "message": message}
}
