// Connects as the emitted package says: use GROUP PORT.
package main

import (
	"context"
	"emitted/connections"
	"errors"
	"fmt"
	"net"
	"os"
	"syscall"
)

func main() {
	group := connections.Groups[os.Args[1]]
	conn, err := group.Dial(context.Background(), "127.0.0.1:"+os.Args[2])
	var late net.Error
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		fmt.Println("ECONNREFUSED")
	case errors.As(err, &late) && late.Timeout():
		fmt.Println("ETIMEDOUT")
	case err != nil:
		fmt.Println(err)
	default:
		fmt.Println("connected")
		data := make([]byte, 16)
		count, _ := group.Read(conn, data, func() error { _, err := conn.Write([]byte("beat")); return err })
		fmt.Println("read", count)
	}
}
