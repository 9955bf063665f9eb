#pragma once

// Nothing to call: this module only stands where ArgumentParser looks for Foundation.
