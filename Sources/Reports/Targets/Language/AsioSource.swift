import Advisor
import TCPModel

/// C++ with Asio, alone or of Boost.
struct AsioSource: LanguageSource {
  let name = "asio"
  let summary = "A header for C++ and Asio: options, connect with a deadline, heartbeat."
  let provedWith: String? = "g++ and Asio 1.22"

  func fileName(for plan: String) -> String { "\(plan).asio.hpp" }

  func text(for groups: [CodeGroup], head: String) -> String {
    head + Self.code + groups.map(entry).joined() + "};\n\n}  // namespace tcpadvisor\n"
  }

  private func entry(_ group: CodeGroup) -> String {
    """
    \(comments(group.notes, indent: "    "))    {\(group.group.name.cxxQuoted),
         {{
    \(list(group.before))     },
         {
    \(list(group.after))     },
         std::chrono::milliseconds(\(group.deadline ?? 0)), \
    std::chrono::milliseconds(\(group.heartbeat ?? 0))}},

    """
  }

  private func list(_ options: [CodeGroup.Option]) -> String {
    rows(options, indent: "         ") { option in
      let info = option.option.info
      let name = info.level == .socket ? info.name : "\(info.number)"
      return "{\(info.level.rawValue), \(name), \(option.value)},  // \(option.note)"
    }
  }

  private static let code = """
    #pragma once
    #include <asio.hpp>
    #include <chrono>
    #include <functional>
    #include <map>
    #include <memory>
    #include <netinet/tcp.h>
    #include <string>
    #include <sys/socket.h>
    #include <vector>

    namespace tcpadvisor {

    /// An option of a socket as Asio takes it.
    class Option {
    public:
        Option(int level, int name, int value) : level_(level), name_(name), value_(value) {}
        template <typename Protocol> int level(const Protocol &) const { return level_; }
        template <typename Protocol> int name(const Protocol &) const { return name_; }
        template <typename Protocol> const int *data(const Protocol &) const { return &value_; }
        template <typename Protocol> std::size_t size(const Protocol &) const { return sizeof value_; }

    private:
        int level_, name_, value_;
    };

    /// What the sockets of a group get; a time of zero is no limit.
    struct Connections {
        using Socket = asio::ip::tcp::socket;
        using Done = std::function<void(const asio::error_code &)>;

        std::vector<Option> before, after;
        std::chrono::milliseconds deadline, heartbeat;

        /// Connects to one address and then calls `done` once; the socket does not block. Both live until
        /// then.
        void connect(Socket &socket, const asio::ip::tcp::endpoint &address, Done done) const {
            asio::error_code error;
            if (!socket.is_open())
                socket.open(address.protocol(), error);
            if (!error)
                set(socket, before, error);
            if (error)
                return asio::post(socket.get_executor(), [done, error] { done(error); });
            auto timer = std::make_shared<asio::steady_timer>(socket.get_executor());
            auto late = std::make_shared<bool>(false);
            if (deadline.count() > 0) {
                timer->expires_after(deadline);
                timer->async_wait([&socket, timer, late](const asio::error_code &cancelled) {
                    if (cancelled)
                        return;
                    *late = true;
                    asio::error_code ignored;
                    socket.close(ignored);
                });
            }
            // What it ends with is SO_ERROR.
            socket.async_connect(address, [this, &socket, timer, late, done](asio::error_code error) {
                timer->cancel();
                if (*late)
                    error = asio::error::timed_out;
                if (!error)
                    set(socket, after, error);
                done(error);
            });
        }

        /// Sets the options of a listener, which what it accepts inherits.
        template <typename Acceptor> void prepare(Acceptor &acceptor, asio::error_code &error) const {
            set(acceptor, before, error);
        }

        /// Waits for data and then calls `done`; after each silence `beat` is to send something small.
        void await_data(Socket &socket, std::function<void()> beat, Done done) const {
            auto timer = std::make_shared<asio::steady_timer>(socket.get_executor());
            auto is_over = std::make_shared<bool>(false);
            if (heartbeat.count() > 0)
                repeat(timer, is_over, beat);
            socket.async_wait(Socket::wait_read, [timer, is_over, done](const asio::error_code &error) {
                *is_over = true;
                timer->cancel();
                done(error);
            });
        }

    private:
        void repeat(std::shared_ptr<asio::steady_timer> timer, std::shared_ptr<bool> is_over,
                    std::function<void()> beat) const {
            timer->expires_after(heartbeat);
            timer->async_wait([this, timer, is_over, beat](const asio::error_code &error) {
                if (error || *is_over)
                    return;
                beat();
                repeat(timer, is_over, beat);
            });
        }

        template <typename Any>
        static void set(Any &socket, const std::vector<Option> &options, asio::error_code &error) {
            for (const Option &option : options)
                if (socket.set_option(option, error))
                    return;
        }
    };

    /// The groups by their names.
    inline const std::map<std::string, Connections> groups = {

    """
}

extension String {
  /// With no trigraphs, such as `??/`, which C++ before 17 takes for other characters.
  fileprivate var cxxQuoted: String {
    contains("??") ? codeQuoted.replacingScalars(["?": "\\?"]) : codeQuoted
  }
}
