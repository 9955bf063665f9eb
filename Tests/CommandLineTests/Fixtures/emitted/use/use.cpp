// Connects as the emitted header says: use GROUP PORT.
#include <cstdlib>
#include <iostream>
#include EMITTED

int main(int, char **arguments)
{
    const tcpadvisor::Connections &group = tcpadvisor::groups.at(arguments[1]);
    asio::io_context context;
    asio::ip::tcp::socket socket(context);
    asio::ip::tcp::endpoint address(asio::ip::make_address("127.0.0.1"),
                                    static_cast<unsigned short>(std::atoi(arguments[2])));
    char data[16];
    group.connect(socket, address, [&](const asio::error_code &error) {
        if (error == asio::error::connection_refused)
            std::cout << "ECONNREFUSED" << std::endl;
        else if (error == asio::error::timed_out)
            std::cout << "ETIMEDOUT" << std::endl;
        else if (error)
            std::cout << error.message() << std::endl;
        else {
            std::cout << "connected" << std::endl;
            auto beat = [&] { asio::write(socket, asio::buffer("beat", 4)); };
            group.await_data(socket, beat, [&](const asio::error_code &) {
                asio::error_code ignored;
                std::cout << "read " << socket.read_some(asio::buffer(data), ignored) << std::endl;
            });
        }
    });
    context.run();
}
